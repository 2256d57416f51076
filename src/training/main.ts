/** Entry of the training process. */
import { constants, setPriority } from 'node:os';
import { serveProcess } from '../model/serveProcess.ts';
import { serve } from './server.ts';

setPriority(constants.priority.PRIORITY_LOW); // first of all: the runtime's threads inherit it
serve(serveProcess());
