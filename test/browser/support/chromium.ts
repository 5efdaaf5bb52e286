import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PACKAGE = path.join(ROOT, 'node_modules/@sparticuz/chromium/package.json');
const CACHE = path.join(ROOT, 'node_modules/.cache/splitline-chromium');

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a real Chromium that comes out of an npm package, with the shared libraries it needs: a
 * bare Linux suffices. That package is for Linux on x64; elsewhere, or to use another browser, name
 * one in SPLITLINE_CHROMIUM.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env.SPLITLINE_CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, args: ARGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The packaged Chromium is for Linux on x64, not ${process.platform} on ${process.arch}. ` +
        'Set SPLITLINE_CHROMIUM to the path of a Chrome or Chromium.',
    );
  }
  const folder = await unpackedChromium();
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    args: ARGS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  });
}

/** The folder with the unpacked browser, once per version: it takes a few seconds and 230 MB. */
async function unpackedChromium(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(PACKAGE, 'utf8'));
  const folder = path.join(CACHE, version);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const partial = await mkdtemp(path.join(CACHE, 'partial-'));
  await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url))],
    { env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' } },
  );
  await writeFile(path.join(partial, 'fonts.conf'), fontConfig(folder));
  try {
    await rename(partial, folder);
  } catch (error) {
    // A run beside this one was faster.
    await rm(partial, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The one that comes along looks for the fonts in /tmp. */
function fontConfig(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${path.join(folder, 'fonts')}</dir>`,
    `  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
  ].join('\n');
}
