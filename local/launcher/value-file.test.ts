import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readValues } from './value-file.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'splitline-values-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('readValues', () => {
  it('replaces names in braces, and leaves braces that name nothing', () => {
    const file = path.join(dir, 'values.env');
    writeFileSync(file, '# a comment\nURL={HOST}/x\nJSON="{unknown}"\n');
    expect(readValues(file, { HOST: 'http://here' })).toEqual({
      URL: 'http://here/x',
      JSON: '{unknown}',
    });
  });

  it('holds nothing when the file is not there', () => {
    expect(readValues(path.join(dir, 'absent.env'), {})).toEqual({});
  });
});
