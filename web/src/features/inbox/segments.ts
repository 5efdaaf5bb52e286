/** The characters of the GSM alphabet (3GPP TS 23.038); the second ones take two places each. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';

/** How a text is sent: in how many parts, which are paid for each. */
export interface TextSize {
  readonly characters: number;
  readonly parts: number;
  /** True when a character outside of the GSM alphabet leaves less room in each part. */
  readonly isUnicode: boolean;
}

/** What a text message takes. */
export function sizeOfText(text: string): TextSize {
  const places = [...text].map((character) => {
    if (BASIC.includes(character)) return 1;
    return EXTENDED.includes(character) ? 2 : undefined;
  });
  const isUnicode = places.includes(undefined);
  const taken = isUnicode
    ? text.length
    : places.reduce<number>((sum, place) => sum + (place ?? 0), 0);
  const [alone, joined] = isUnicode ? [70, 67] : [160, 153];
  const parts = taken <= alone ? Math.min(1, taken) : Math.ceil(taken / joined);
  return { characters: text.length, parts, isUnicode };
}
