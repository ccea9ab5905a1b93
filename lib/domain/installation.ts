/** Who hears a topic: its protocol, never its address. */
export interface Subscription {
  readonly protocol: string;
  readonly confirmed: boolean;
}

/** Which management events a trail logs; EventBridge hears API calls only where some trail logs them. */
export type LoggedEvents = 'all' | 'write' | 'read' | 'none';

export interface Trail {
  readonly name: string;
  readonly logging: boolean;
  readonly management: LoggedEvents;
}

export interface EventRule {
  readonly name: string;
  readonly enabled: boolean;
}
