/** Advisory lock numbers, one place so that no two meanings share one. 'enc' + n. */
export const ADVISORY = {
  /** Held while migrations run. */
  migration: 0x656e6301,
  /** Shared by every process that uses an embedded server; exclusive for the one that stops it. */
  embeddedUsers: 0x656e6302,
  /** Held by the import of one kind: songs, listeners, plays, daily. */
  importOf: { songs: 0x656e6310, listeners: 0x656e6311, plays: 0x656e6312, daily: 0x656e6313 },
  /** Held while a job takes its turn in a queue. */
  turns: 0x656e6320,
} as const;
