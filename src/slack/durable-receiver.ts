import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/** A receiver whose work at hand can be waited for. */
export type DurableReceiver = Receiver & { drained(): Promise<void> };

/**
 * Bolt acknowledges an event before its listeners run, so one that arrives as the process dies would be lost. Behind this receiver an
 * event is acknowledged only when its listeners are done, that is, when its job is in the database; until then Slack delivers it
 * again. Commands and buttons acknowledge themselves, as ever.
 */
export function durable(receiver: Receiver): DurableReceiver {
  const atHand = new Set<Promise<void>>();
  return {
    init: (app) => receiver.init({ processEvent: async (event: ReceiverEvent) => await track(atHand, process(app, event)) } as App),
    start: async (...args) => await receiver.start(...args),
    stop: async (...args) => await receiver.stop(...args),
    drained: async () => {
      while (atHand.size > 0) await Promise.allSettled(atHand);
    },
  };
}

async function process(app: App, event: ReceiverEvent): Promise<void> {
  if (event.body['type'] !== 'event_callback') return await app.processEvent(event);
  let response: unknown;
  await app.processEvent({
    ...event,
    ack: async (value: unknown) => {
      response = value;
    },
  });
  await event.ack(response);
}

async function track(atHand: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  atHand.add(work);
  await work.finally(() => atHand.delete(work));
}
