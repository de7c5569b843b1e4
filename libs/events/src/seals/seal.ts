import { hashOfFields } from '../fields.js';
import type { Checkpoint } from '../types.js';
import { leafHash } from './merkle.js';

/** A closed piece of the log, chained to the piece before. */
export interface Seal {
  /** From 1, without gaps. */
  number: number;
  /** The block's first event. */
  first: Checkpoint;
  /** The block's last event. */
  last: Checkpoint;
  /** How many events the block has. */
  events: number;
  /** The Merkle root of the block's leaves, hexadecimal. */
  root: string;
  /** The hash of the seal before; 64 zeros for the first. */
  previous: string;
  /** The hash of this seal, hexadecimal: what is published outside the database. */
  hash: string;
  /** The events' fingerprints, one after the other: a help to find what differs, not a proof. See {@link fingerprintOf}. */
  fingerprints: string;
  /** ISO 8601 UTC. */
  sealedAt: string;
}

/** What the first seal is chained to. */
export const NO_SEAL = '0'.repeat(64);

/** Bytes of a fingerprint. */
export const FINGERPRINT_BYTES = 8;

/** What a leaf is made of: an event's content, by its hash, bound to its place and to the server's time. */
export interface SealedContent extends Checkpoint {
  recordedAt: string;
  /** Hexadecimal. */
  hash: string;
}

/**
 * The leaf of an event, hexadecimal: the RFC 6962 leaf hash of SHA-256 over the fields `ES-LEAF-1`, transaction, position,
 * recorded at and the event's hash in hexadecimal.
 */
export function leafOf({ transaction, position, recordedAt, hash }: SealedContent): string {
  return leafHash(hashOfFields('ES-LEAF-1', transaction, String(position), recordedAt, hash));
}

/**
 * The hash of a seal, hexadecimal: SHA-256 over the fields `ES-SEAL-1`, number, first transaction, first position, last
 * transaction, last position, number of events, root, previous hash and sealed at.
 */
export function hashOfSeal(seal: Omit<Seal, 'hash' | 'fingerprints'>): string {
  return hashOfFields(
    'ES-SEAL-1',
    String(seal.number),
    seal.first.transaction,
    String(seal.first.position),
    seal.last.transaction,
    String(seal.last.position),
    String(seal.events),
    seal.root,
    seal.previous,
    seal.sealedAt,
  );
}

/**
 * The fingerprint of an event in a seal, 16 hexadecimal digits: four bytes of its hash, which stay the same wherever it
 * stands, then four bytes of its leaf.
 */
export function fingerprintOf({ hash, leaf }: { hash: string; leaf: string }): string {
  return hash.slice(0, FINGERPRINT_BYTES) + leaf.slice(0, FINGERPRINT_BYTES);
}
