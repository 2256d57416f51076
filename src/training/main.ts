/** Entry of the training process. */
import { constants, setPriority } from 'node:os';
import { serveProcess } from '../model/serveProcess.ts';
import { serve } from './server.ts';

setPriority(constants.priority.PRIORITY_LOW); // first of all: the runtime's threads inherit it
process.umask(0o077); // what is written here tells of a person's texts: it is readable by that person alone
serve(serveProcess());
