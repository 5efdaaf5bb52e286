import { describe, expect, it } from '@jest/globals';
import { portsAt, readPortOffset } from './ports.ts';

describe('readPortOffset', () => {
  it('is 0 when nothing is set', () => {
    expect(readPortOffset({})).toBe(0);
    expect(readPortOffset({ SPLITLINE_PORT_OFFSET: '' })).toBe(0);
  });

  it('moves every port', () => {
    const ports = portsAt(readPortOffset({ SPLITLINE_PORT_OFFSET: '100' }));
    expect(ports).toEqual({
      hosting: 5100,
      functions: 5101,
      firestore: 8180,
      auth: 9199,
      eventarc: 9399,
      tasks: 9599,
      hub: 4500,
    });
  });

  it.each(['-1', '1.5', 'many', '60000'])('refuses %s, naming the setting', (text) => {
    expect(() => readPortOffset({ SPLITLINE_PORT_OFFSET: text })).toThrow(
      /SPLITLINE_PORT_OFFSET is ".*"\. Set it to a whole number/,
    );
  });

  it('refuses an offset that puts a page on a port browsers block', () => {
    expect(() => readPortOffset({ SPLITLINE_PORT_OFFSET: '1000' })).toThrow(
      'puts the hosting emulator on port 6000, which browsers refuse to open',
    );
  });
});
