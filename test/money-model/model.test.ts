import { runModel } from './run-model.ts';

runModel('first half', 0);
