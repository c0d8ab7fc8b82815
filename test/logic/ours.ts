import { compileForData, compileLogic } from '../../src/logic/compile.ts';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import { unknownValue } from '../../src/logic/value.ts';
import type { LogicUnderTest } from './oracle.ts';

/** The logic as it stands in the sources. */
export const ours: LogicUnderTest = { compileForData, compileLogic, evaluateLogic, unknownValue };
