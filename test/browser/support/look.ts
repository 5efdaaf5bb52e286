import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findBarriers } from './axe.ts';
import { eventually } from './eventually.ts';
import { keepScreenshot } from './visitor.ts';

const looks = [
  ['light', 1440, 900],
  ['dark', 1440, 900],
  ['light', 390, 844],
  ['dark', 390, 844],
] as const;

/** Keeps the page as people see it, and refuses what nobody should. */
export async function keepLooks(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width, height] of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await expectNoOverflow(page);
    await expectNoFaintText(page);
    await keepScreenshot(page, `${name}-${colorScheme}-${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The same, of what people can use whatever they see and hear of it. */
export async function keepUsableLooks(page: Page, name: string): Promise<void> {
  await keepLooks(page, name);
  await expectNoBarriers(page);
}

/** Refuses what axe finds on the page, once what was changing there has come to rest. */
export async function expectNoBarriers(page: Page): Promise<void> {
  await eventually(async () => expect(await findBarriers(page)).toEqual([]));
}

/** Refuses texts that are too faint; a colour that fades from one to the other is, on the way. */
export async function expectNoFaintText(page: Page): Promise<void> {
  await eventually(async () => expect(await page.evaluate(findFaintText)).toEqual([]));
}

/**
 * Refuses a page that is wider than its window: nothing but the board may scroll sideways. Tells what
 * stands out; a layout that follows the window's width by script has a moment to do so.
 */
export async function expectNoOverflow(page: Page): Promise<void> {
  await eventually(async () => expect(await page.evaluate(findOverflow)).toEqual([]));
}

/** Runs in the page: the elements that stand out of a page which is wider than its place. */
function findOverflow(): string[] {
  // These scroll up and down, and would sideways as well.
  const tooWide = [...document.querySelectorAll('.page, .side-panel, dialog')].filter(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
  );
  if (tooWide.length > 0) {
    return tooWide.map((element) => {
      const { className, scrollWidth, clientWidth } = element;
      const edge = element.getBoundingClientRect().left + clientWidth;
      const standing = [...element.querySelectorAll('*')]
        .filter((inner) => inner.getBoundingClientRect().right > edge)
        .map((inner) => `${inner.tagName}.${inner.className}`);
      return `${className}: ${scrollWidth} of ${clientWidth} px, by ${standing.join(' ')}`;
    });
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= window.innerWidth) return [];
  return [
    `page: ${scrollWidth} of ${window.innerWidth} px`,
    ...[...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
      .map((element) => {
        const { left, right } = element.getBoundingClientRect();
        const text = element.textContent.trim().slice(0, 60);
        return `${element.tagName}.${element.className} ${left}–${right}: ${text}`;
      }),
  ];
}

/** Runs in the page: the texts whose contrast is below 4.5 (WCAG 2.2, 1.4.3). */
function findFaintText(): string[] {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no canvas');
  const channels = (colours: readonly string[]) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (colours: readonly string[]) => {
    const [r = 0, g = 0, b = 0] = channels(colours).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = (element: Element | null): string[] =>
    element === null
      ? []
      : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
  const contrast = (element: Element) => {
    const behind = backgrounds(element);
    const [a, b] = [luminance(behind), luminance([...behind, getComputedStyle(element).color])];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const hasOwnText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
  return [...document.querySelectorAll('#root *')]
    .filter((element) => hasOwnText(element) && element.closest('option') === null)
    .filter((element) => contrast(element) < 4.5)
    .map(
      (element) => `${element.className}: ${element.textContent} ${contrast(element).toFixed(2)}`,
    );
}
