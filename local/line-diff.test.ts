import { expect, it } from '@jest/globals';
import { lineDiff } from './line-diff.ts';

it.each([
  ['nothing for equal texts', 'a\nb\n', 'a\nb\n', ''],
  ['a changed line', 'a\nb\nc\n', 'a\nx\nc\n', '@@ line 2 @@\n- b\n+ x'],
  ['an added line', 'a\nc\n', 'a\nb\nc\n', '@@ line 2 @@\n+ b'],
  ['a removed line', 'a\nb\nc\n', 'a\nc\n', '@@ line 2 @@\n- b'],
  ['a repeated line once', 'a\na\n', 'a\na\na\n', '@@ line 3 @@\n+ a'],
  ['everything when there was nothing', '', 'a\n', '@@ line 1 @@\n+ a'],
])('shows %s', (_what, before, after, expected) => {
  expect(lineDiff(before, after)).toBe(expected);
});

it('cuts a long difference and says how much is missing', () => {
  const after = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
  const lines = lineDiff('', after).split('\n');
  expect(lines).toHaveLength(62);
  expect(lines.at(-1)).toBe('… and 41 more lines');
});
