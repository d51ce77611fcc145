import { type AuditEvent, encodeEvent, type EventBody } from "@secondlook/audit/event";
import { leafHash, naiveRoot } from "@secondlook/audit/merkle";
import { type NoteSigner, signerFromSeed } from "@secondlook/audit/note-signer";
import { uuid7 } from "@secondlook/audit/uuid7";
import type { Sequencer, SequencerOptions } from "../src/audit/sequencer.ts";
import { createSequencer } from "../src/audit/sequencer.ts";
import type { Database } from "../src/database.ts";
import { nodeSha256 } from "../src/node/sha256.ts";
import type { Pool } from "pg";

const ORIGIN = "log.test/review";

const START = Date.parse("2026-01-02T03:04:05.000Z");

/** A signer with a fixed seed; another number, another key of the same name. */
export function testSigner(seed = 1): Promise<NoteSigner> {
  return signerFromSeed(ORIGIN, new Uint8Array(32).fill(seed));
}

/** A sequencer that throws what goes wrong into the test. */
export async function testSequencer(
  db: Database,
  options: Partial<SequencerOptions> = {},
): Promise<Sequencer> {
  return createSequencer({
    db,
    signer: await testSigner(),
    origin: ORIGIN,
    sha256: nodeSha256,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
}

/** Stamps events of one process: numbers from 1, one second apart. */
export class TestEmitter {
  readonly inst: `ins_${string}`;
  n = 0;

  constructor(inst = "A") {
    this.inst = `ins_${inst}`;
  }

  stamp(body: EventBody): Uint8Array<ArrayBuffer> {
    this.n += 1;
    const ms = START + this.n * 1000;
    const random = new Uint8Array(10);
    new DataView(random.buffer).setUint32(4, this.n);
    let mark = 0;
    for (const letter of this.inst) mark = (mark * 31 + letter.charCodeAt(0)) % 65_536;
    new DataView(random.buffer).setUint16(8, mark);
    const event: AuditEvent = {
      v: 1,
      eid: uuid7(ms, random),
      at: new Date(ms).toISOString(),
      actor: { id: "usr_7", role: "reviewer" },
      src: { inst: this.inst, n: this.n },
      ...body,
    };
    return encodeEvent(event);
  }

  start(): Uint8Array<ArrayBuffer> {
    return this.stamp({ kind: "emitter.start", outcome: "allowed" });
  }

  read(caseId = "1"): Uint8Array<ArrayBuffer> {
    return this.stamp({
      kind: "media.read",
      outcome: "allowed",
      case: `cas_${caseId}`,
      subject: "sub_1",
      asset: "evd_1",
      rendition: "face",
      purpose: { code: "review" },
    });
  }

  reads(count: number): Uint8Array<ArrayBuffer>[] {
    return Array.from({ length: count }, () => this.read());
  }

  stop(): Uint8Array<ArrayBuffer> {
    return this.stamp({ kind: "emitter.stop", outcome: "allowed", last: this.n + 1 });
  }
}

/** Appends as the application does. */
export async function append(pool: Pool, leaves: readonly Uint8Array[]): Promise<void> {
  await pool.query("select audit.append_many($1::bytea[])", [
    leaves.map((leaf) => Buffer.from(leaf)),
  ]);
}

/** The root by the definition, without any of the tree code that is tested. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  return naiveRoot(
    leaves.map((leaf) => leafHash(leaf, nodeSha256)),
    nodeSha256,
  );
}

/** The log's leaves in the order of their positions. */
export async function leavesInOrder(pool: Pool): Promise<Uint8Array[]> {
  const { rows } = await pool.query<{ leaf: Buffer }>(
    "select e.leaf from audit.position p join audit.event e on e.id = p.event_id order by p.idx",
  );
  return rows.map(({ leaf }) => new Uint8Array(leaf));
}
