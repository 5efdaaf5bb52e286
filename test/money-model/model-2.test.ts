import { runModel } from './run-model.ts';

runModel('second half', 1);
