import { z } from 'zod';

/** A file shared where the app is: everything a worker needs to find it again. */
const sharedFile = z.object({
  workspaceId: z.string(),
  fileId: z.string(),
  channel: z.string(),
  userId: z.string(),
});

/** A demo whose turn to be scored will come. */
const demoToScore = sharedFile.extend({
  /** Where it is answered. */
  threadTs: z.string().optional(),
  /** Second at which the user wants the hook to start: a demo that was answered is answered anew, in the same message. */
  hookStart: z.number().nonnegative().optional(),
});

/** The demos of one message, all scored: in its thread they are compared. */
const demosTogether = z.object({ workspaceId: z.string(), channel: z.string(), ts: z.string(), userId: z.string(), files: z.array(z.string()) });

/** A file deleted in Slack: what was derived from it goes too. */
const deletedFile = z.object({ workspaceId: z.string(), fileId: z.string() });

const patient = { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600, expireInSeconds: 60, heartbeatSeconds: 10 } as const;

/**
 * The table of contents of background work: each queue's payload and how it is retried. A worker that dies stops its heartbeat and
 * the job is handed to another; `expireInSeconds` bounds a job that hangs with its heart still beating. A job that used up its tries,
 * however it ended, goes to its dead letter queue, where the user is told. A dead letter queue stands before its sender. In a queue with
 * `turns` the workspaces take turns, however many jobs each has waiting.
 */
export const QUEUES = {
  'score-demo-failed': { payload: demoToScore, options: patient },
  'receive-file': { payload: sharedFile, turns: true, options: { ...patient, retryLimit: 4, retryDelay: 3, retryDelayMax: 60, deadLetter: 'score-demo-failed' } },
  'score-demo': {
    payload: demoToScore,
    turns: true,
    options: { retryLimit: 4, retryDelay: 3, retryBackoff: true, retryDelayMax: 60, expireInSeconds: 600, heartbeatSeconds: 10, deadLetter: 'score-demo-failed' },
  },
  'compare-demos': { payload: demosTogether, options: patient },
  'forget-demo': { payload: deletedFile, options: patient },
  'score-forecasts': { payload: z.object({}), options: { ...patient, expireInSeconds: 600 } },
  'train-forecast': { payload: z.object({}), options: { retryLimit: 1, retryDelay: 600, expireInSeconds: 1800, heartbeatSeconds: 30 } },
  purge: { payload: z.object({}), options: patient },
} as const;

export type QueueName = keyof typeof QUEUES;
export type Payload<Name extends QueueName> = z.infer<(typeof QUEUES)[Name]['payload']>;
