import { describe, expect, it } from '@jest/globals';
import { finishMention, mentionAt, mentionedIn, offer, partsOf } from './mentions.ts';

const people = [
  { id: 'ada', name: 'Ada Adler', active: true },
  { id: 'adam', name: 'Ada Adlerson', active: true },
  { id: 'ben', name: 'Ben', active: true },
  { id: 'cora', name: 'Cora Ade', active: false },
];

describe('mentionAt', () => {
  it.each([
    ['Hello @', 'Hello @', ''],
    ['@Ad', '@Ad', 'Ad'],
    ['Ask @Ada Ad', 'Ask @Ada Ad', 'Ada Ad'],
    ['Ask (@be', 'Ask (@be', 'be'],
  ])('finds the one in “%s”', (text, before, query) => {
    expect(mentionAt(text, before.length)).toEqual({ start: before.indexOf('@'), query });
  });

  it.each(['Hello', 'mail@example', '@Ada Adler and', '@a\n'])('finds none in “%s”', (text) => {
    expect(mentionAt(text, text.length)).toBeUndefined();
  });
});

describe('offer', () => {
  it.each([
    ['ad', ['ada', 'adam']],
    ['adler', ['ada', 'adam']],
    ['ada adlers', ['adam']],
    ['', ['ada', 'adam', 'ben']],
    ['x', []],
  ])('offers for “%s”: %j', (query, ids) => {
    expect(offer(people, query).map(({ id }) => id)).toEqual(ids);
  });
});

describe('finishMention', () => {
  it('puts the name in the place of what was typed', () => {
    const text = 'Ask @be about it';
    const open = mentionAt(text, 7);
    expect(open && finishMention(text, open, 'Ben')).toEqual({
      text: 'Ask @Ben about it',
      caret: 9,
    });
  });
});

describe('partsOf', () => {
  it('tells names from text, the longer one first', () => {
    expect(partsOf('@Ben: ask @Ada Adlerson, not @Ada Adler', people)).toEqual([
      { text: '@Ben', uid: 'ben' },
      { text: ': ask ' },
      { text: '@Ada Adlerson', uid: 'adam' },
      { text: ', not ' },
      { text: '@Ada Adler', uid: 'ada' },
    ]);
  });

  it.each(['me@Ben', '@Benny', '@ben', 'Ben', ''])('names nobody in “%s”', (text) => {
    expect(mentionedIn(text, people)).toEqual([]);
  });

  it('names each once', () => {
    expect(mentionedIn('@Ben @Ben', people)).toEqual(['ben']);
  });
});
