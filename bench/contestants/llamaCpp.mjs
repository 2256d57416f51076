// llama.cpp through node-llama-cpp, with the same GGUF.
import * as library from 'node-llama-cpp';
import { runLlamaCpp } from './llamaCppEngine.mjs';

await runLlamaCpp(library);
