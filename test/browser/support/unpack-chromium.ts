/**
 * Run as a process of its own: unpacks Chromium into the folder that TMPDIR names. The package
 * unpacks only there, and its shared libraries only when it believes to be on AWS Lambda; neither
 * setting may leak into the tests.
 */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
