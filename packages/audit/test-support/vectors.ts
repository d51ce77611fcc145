/** Keys, leaves and a checkpoint with fixed seeds; a Go program of others' making agreed on them. */
export const LOG_NAME = "audit.example.com/review";
export const WITNESS_NAME = "witness.example.com/w1";
export const LOG_SEED: Uint8Array = new Uint8Array(32).fill(1);
export const WITNESS_SEED: Uint8Array = new Uint8Array(32).fill(2);
export const LOG_VKEY =
  "audit.example.com/review+22527356+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
export const WITNESS_VKEY =
  "witness.example.com/w1+745fb5e8+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";

export const CHECKPOINT_TEXT = `audit.example.com/review
3
/ZvqT16oz6GqkZ06zsHh25InNLuZtRjPDgTqAmURpaQ=
`;
export const LOG_LINE =
  "— audit.example.com/review IlJzVq3/8Y14EsOZQ6RMdh693K1QkPZ8bQ6GJIM1k5SnylX/mqU6xRnOcRt5F+fBZZhIRgKJFkSmZxPQPJuyxyeDVQ8=\n";
export const WITNESS_LINE =
  "— witness.example.com/w1 dF+16AAAAABpVzXcau1XoliKpPSNLdENYkdMdRl/WpmdfoH/n0Gc5RxKtvgcve3cIBbEwgFKiaJ8XB3weCVp92Qml953rwllmT4lBw==\n";
export const CHECKPOINT: string = `${CHECKPOINT_TEXT}\n${LOG_LINE}${WITNESS_LINE}`;

export const LEAVES = [
  '{"actor":{"id":"usr_7","role":"reviewer"},"at":"2026-01-02T03:04:05.678Z","auth":["webauthn"],"eid":"01920000-0000-7000-8000-000000000001","kind":"session.start","outcome":"allowed","request":"req_1","session":"ses_1","v":1}',
  '{"actor":{"id":"usr_7","role":"reviewer"},"asset":"ast_5","at":"2026-01-02T03:04:09.001Z","case":"cas_42","eid":"01920000-0000-7000-8000-000000000002","kind":"media.read","outcome":"allowed","purpose":{"code":"face_match_review","grant":"grt_3","note":"hmac-sha256:5q3t7w"},"range":[0,65535],"rendition":"full","request":"req_2","session":"ses_1","subject":"sub_9","v":1}',
  '{"actor":{"id":"usr_7","role":"reviewer"},"at":"2026-01-02T03:05:00.250Z","case":"cas_42","decision":{"blind":true,"round":1,"scale":-2,"verdict":"different"},"eid":"01920000-0000-7000-8000-000000000003","kind":"decision.submit","outcome":"allowed","request":"req_3","session":"ses_1","v":1}',
] as const;
export const LEAF_HASHES = [
  "2912272298d0f2c6e738e3b8290979f7796bdc6c26ae7f468b882d0da2614a7c",
  "82850430a4c6ddf5d2c1296ba1d9c0f4e1a268b577bcedea0eb7ffdaf57f78fa",
  "4d281c2dbe5068e0ad226ebb33ef526271f0e4d4b6247d3eccf05a714d633a11",
] as const;
export const ROOTS = {
  2: "0ad22139cb61ca890175396926f5cc8587e610da1dc2f9421d1c77ab2c5241fc",
  3: "fd9bea4f5ea8cfa1aa919d3acec1e1db922734bb99b518cf0e04ea026511a5a4",
} as const;
