/** Entry of the inference process: a server, or a probe of one device. */
import { serveProcess } from '../model/serveProcess.ts';
import { probeArgument, serveProbe } from './devices/probe.ts';
import { serve } from './server.ts';

if (process.argv[2] === probeArgument) serveProbe();
else serve(serveProcess());
