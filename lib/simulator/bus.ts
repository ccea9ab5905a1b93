import { compilePattern, type EventPattern, type Predicate } from './event-pattern.ts';

/** An event as EventBridge hands it to a target. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What a publisher knows; the bus adds the version, and an id where there is none. */
export type NewEvent = Omit<BusEvent, 'version' | 'id'> & { readonly version?: '0'; readonly id?: string };

export type Deliver = (event: BusEvent) => unknown;

/** An event that its target refused for good, after Lambda's two retries of an asynchronous call. */
export interface DeadLetter {
  readonly subscriber: string;
  readonly event: BusEvent;
  readonly error: unknown;
}

export interface Delivery {
  readonly subscriber: string;
  readonly eventId: string;
  readonly attempts: number;
}

/**
 * The event bus. `publish` queues and returns at once, as EventBridge does; `drain` delivers what is queued, and what
 * the deliveries queue in their turn. Each target gets its own copy.
 */
export interface Bus {
  publish(event: NewEvent): BusEvent;
  /** Returns the way to take the subscription back. */
  subscribe(name: string, pattern: EventPattern, deliver: Deliver): () => void;
  /** Returns the number of deliveries. Throws after `limit` of them: events that feed themselves never end. */
  drain(limit?: number): Promise<number>;
  readonly events: readonly BusEvent[];
  readonly deliveries: readonly Delivery[];
  readonly deadLetters: readonly DeadLetter[];
  readonly queued: number;
}

interface Subscription {
  readonly name: string;
  readonly accepts: Predicate;
  readonly deliver: Deliver;
}

interface Books {
  readonly events: BusEvent[];
  readonly deliveries: Delivery[];
  readonly deadLetters: DeadLetter[];
  readonly queue: { readonly to: Subscription; readonly event: BusEvent }[];
}

const ATTEMPTS = 3;

export function createBus(): Bus {
  const subscriptions = new Set<Subscription>();
  const books: Books = { events: [], deliveries: [], deadLetters: [], queue: [] };
  return {
    events: books.events,
    deliveries: books.deliveries,
    deadLetters: books.deadLetters,
    get queued() {
      return books.queue.length;
    },
    publish(event) {
      const sent = stamp(event, books.events.length + 1);
      books.events.push(sent);
      for (const to of subscriptions) if (to.accepts(sent)) books.queue.push({ to, event: sent });
      return sent;
    },
    subscribe(name, pattern, deliver) {
      const subscription = { name, accepts: compilePattern(pattern), deliver };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    drain: (limit = 10_000) => drain(books, limit),
  };
}

async function drain(books: Books, limit: number): Promise<number> {
  let count = 0;
  for (let next = books.queue.shift(); next !== undefined; next = books.queue.shift()) {
    if (count >= limit)
      throw new Error(`the bus made ${limit} deliveries and is not empty: does an event feed itself?`);
    await attempt(books, next.to, next.event);
    count += 1;
  }
  return count;
}

async function attempt(books: Books, to: Subscription, event: BusEvent): Promise<void> {
  for (let attempts = 1; attempts <= ATTEMPTS; attempts += 1) {
    try {
      await to.deliver(structuredClone(event));
      books.deliveries.push({ subscriber: to.name, eventId: event.id, attempts });
      return;
    } catch (error) {
      if (attempts === ATTEMPTS) books.deadLetters.push({ subscriber: to.name, event, error });
    }
  }
}

function stamp(event: NewEvent, number: number): BusEvent {
  const id = event.id ?? `e0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
  return structuredClone({ ...event, version: '0', id });
}
