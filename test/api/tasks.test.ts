import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cloudTasks } from '../../functions/src/platform/tasks.ts';

interface Received {
  readonly path: string | undefined;
  readonly body: string;
}

const received: Received[] = [];
let status = 200;
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  // The SDK reads it when the first task is enqueued.
  process.env.CLOUD_TASKS_EMULATOR_HOST = `127.0.0.1:${address.port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

it('enqueues a task under its id, with its payload', async () => {
  await cloudTasks.enqueue('runJob', 'job1_0', { orgId: 'o', jobId: 'job1' });
  const [task] = received.splice(0);
  expect(task?.path).toBe('/projects/demo-splitline/locations/us-central1/queues/runJob/tasks');
  const sent = JSON.parse(task?.body ?? '');
  expect(sent.task.name).toMatch(/\/queues\/runJob\/tasks\/job1_0$/);
  const payload = Buffer.from(sent.task.httpRequest.body, 'base64').toString('utf8');
  expect(JSON.parse(payload)).toEqual({ data: { orgId: 'o', jobId: 'job1' } });
});

it('takes a task whose name was used before for a success', async () => {
  status = 409;
  await cloudTasks.enqueue('runJob', 'job1_0', { orgId: 'o', jobId: 'job1' });
  expect(received.splice(0)).toHaveLength(1);
});

it('passes on that the queue does not answer', async () => {
  status = 403;
  await expect(cloudTasks.enqueue('runJob', 'job1_1', {})).rejects.toThrow();
});
