import { type Problem, toProblem } from '../data/problem.ts';

/** How long the browser may take to read a file that it was handed. */
const KEEP_MS = 60_000;
const LOOK_MS = 100;

/** Saves a file that is fetched with the person's token. Answers the problem when it fails. */
export async function saveFile(
  fetchFile: () => Promise<Blob>,
  name: string,
): Promise<Problem | undefined> {
  try {
    const address = URL.createObjectURL(await fetchFile());
    const link = Object.assign(document.createElement('a'), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
    return undefined;
  } catch (error) {
    return toProblem(error);
  }
}

/** The tab's own load event belongs to the empty page that it began with, so it is looked at. */
function printOnceShown(tab: Window, address: string): void {
  const timer = setInterval(() => {
    if (!tab.closed && (tab.location.href !== address || tab.document.readyState !== 'complete')) {
      return;
    }
    clearInterval(timer);
    if (!tab.closed) tab.print();
  }, LOOK_MS);
}

/** Opens a page that is fetched with the person's token, and asks to print it. */
export async function printPage(fetchPage: () => Promise<Blob>): Promise<Problem | undefined> {
  // Opened before the answer: later the browser takes it for an advertisement and blocks it.
  const tab = window.open('', '_blank');
  if (tab === null) return { message: 'Your browser blocked the new tab. Allow it for this page.' };
  try {
    const address = URL.createObjectURL(await fetchPage());
    tab.location.href = address;
    printOnceShown(tab, address);
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
    return undefined;
  } catch (error) {
    tab.close();
    return toProblem(error);
  }
}
