import { describe, expect, it } from '@jest/globals';
import { formatLog } from './function-log.ts';
import type { HostLog } from './host-protocol.ts';

const time = new Date(2026, 0, 2, 3, 4, 5);
const log: HostLog = {
  type: 'log',
  level: 'info',
  emulator: 'functions',
  message: 'plain words',
  functionName: 'us-central1-api',
  entry: undefined,
};

describe('formatLog', () => {
  it('shows what was printed plainly, with the function it came from', () => {
    expect(formatLog(log, time)).toBe('03:04:05 api            INFO    plain words');
  });

  it('shows a structured entry as one line, with the request id before the other fields', () => {
    const entry = { severity: 'WARNING', message: 'slow', dealId: 'd1', ms: 5, requestId: 'req_1' };
    expect(formatLog({ ...log, entry }, time)).toBe(
      '03:04:05 api            WARNING slow [req_1] dealId=d1 ms=5',
    );
  });

  it('keeps of a stack what is ours', () => {
    const message = [
      'Error: broken',
      '    at work (file:///home/me/splitline/functions/lib/index.js:1:2)',
      '    at run (file:///home/me/splitline/node_modules/firebase-functions/lib/x.mjs:1:2)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)',
    ].join('\n');
    const shown = formatLog({ ...log, message }, time).split('\n');
    expect(shown).toHaveLength(2);
    expect(shown[1]).toContain('functions/lib/index.js');
  });

  it('names the emulator when it speaks for itself', () => {
    const line = { ...log, level: 'error', functionName: undefined, message: 'broken' } as const;
    expect(formatLog(line, time)).toBe('03:04:05 functions      ERROR   broken');
  });
});
