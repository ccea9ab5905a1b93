import { Worker } from 'node:worker_threads';
import type { Done, Job } from './worker.ts';

const WORKERS = 2;

/** All jobs on two threads; answers are told as they come, and returned in the order of the jobs. */
export async function inParallel(jobs: readonly Job[], tell: (done: Done) => void): Promise<readonly Done[]> {
  const waiting = [...jobs.entries()];
  const results: Done[] = [];
  const oneThread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      let at = 0;
      const next = (): void => {
        const job = waiting.shift();
        if (job === undefined) {
          void worker.terminate().then(() => resolve());
          return;
        }
        at = job[0];
        worker.postMessage(job[1]);
      };
      worker.on('message', (done: Done) => {
        results[at] = done;
        tell(done);
        next();
      });
      worker.on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: WORKERS }, oneThread));
  return results;
}
