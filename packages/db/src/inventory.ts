/**
 * What each column holds of people (DESIGN section 13). A test compares the list with the database:
 * a column that is not listed, or listed and gone, fails.
 *
 * - `id`: a random id of ours; whom it means stands elsewhere or nowhere
 * - `upstream_id`: an id that an upstream system or a provider gave
 * - `code`: a code, number or time about somebody's case; says nothing without the ids beside it
 * - `encrypted`: readable only with the named subject's key, which erasure destroys
 * - `keyed_hash`: can be compared, and not guessed without our key
 * - `wrapped_key`: a subject's key, under the root key
 * - `staff`: about a member of staff
 * - `leaf`: an event of the log: ids and codes only
 * - `none`: nothing about anybody
 */
export type Holding =
  | "id"
  | "upstream_id"
  | "code"
  | `encrypted under ${"the subject" | "the probe's subject"}`
  | "keyed_hash"
  | "wrapped_key"
  | "staff"
  | "leaf"
  | "none";

const ROUND = { case_id: "id", cycle: "none", round: "none" } as const;
const PROBE = "encrypted under the probe's subject";
const SUBJECT = "encrypted under the subject";

/** Columns by table. Partitions are listed under their table. */
export const INVENTORY: Readonly<Record<string, Readonly<Record<string, Holding>>>> = {
  "app.source": { id: "id", name: "none", created_at: "none" },
  "app.ingest_key": {
    id: "id",
    source_id: "id",
    label: "none",
    hash: "keyed_hash",
    created_at: "none",
    revoked_at: "none",
  },
  "app.staff": {
    id: "id",
    handle: "staff",
    display_name: "staff",
    role: "staff",
    regions: "staff",
    languages: "staff",
    skills: "staff",
    created_at: "staff",
    disabled_at: "staff",
  },
  "app.session": {
    id: "id",
    staff_id: "id",
    token_hash: "keyed_hash",
    created_at: "staff",
    last_seen_at: "staff",
    expires_at: "staff",
    ended_at: "staff",
  },
  "app.signin_link": {
    id: "id",
    token_hash: "keyed_hash",
    staff_id: "id",
    created_at: "staff",
    expires_at: "staff",
    used_at: "staff",
  },
  "app.policy": {
    version: "none",
    document: "none",
    author: "staff",
    approver: "staff",
    created_at: "none",
    starts_at: "none",
  },
  "app.subject": {
    id: "id",
    source_id: "id",
    external_id: "upstream_id",
    wrapped_key: "wrapped_key",
    key_id: "none",
    erased_at: "code",
    created_at: "code",
  },
  "app.verification": {
    id: "id",
    subject_id: "id",
    attributes: SUBJECT,
    notice_version: "code",
    legal_basis: "code",
    consented_at: "code",
    captured_at: "code",
    created_at: "code",
  },
  "app.evidence": {
    id: "id",
    verification_id: "id",
    subject_id: "id",
    place: "none",
    kind: "code",
    marks: "code",
    face_box: SUBJECT,
    width: "code",
    height: "code",
    frames: "code",
    duration_ms: "code",
    codec: "code",
  },
  "app.rendition": {
    evidence_id: "id",
    name: "none",
    object_id: "id",
    media_type: "code",
    byte_length: "code",
    width: "code",
    height: "code",
  },
  "app.review_case": {
    id: "id",
    source_id: "id",
    external_id: "upstream_id",
    probe_id: "id",
    region: "code",
    priority: "code",
    languages: "code",
    skills: "code",
    flagged_at: "code",
    received_at: "code",
    due_at: "code",
    stage: "code",
    cycle: "none",
    settles_at: "code",
    policy_version: "none",
    body_hash: "keyed_hash",
    body_pointers: PROBE,
  },
  "app.candidate": {
    id: "id",
    case_id: "id",
    verification_id: "id",
    subject_id: "id",
    shared_signals: "code",
  },
  "app.shown_candidate": { case_id: "id", cycle: "none", candidate_id: "id", place: "none" },
  "app.route": { id: "none", region: "none", languages: "none", skills: "none" },
  "app.round": {
    ...ROUND,
    route_id: "none",
    stage_rank: "none",
    priority: "code",
    due_at: "code",
    claimable_at: "code",
    waiting_since: "code",
    state: "code",
    holder: "id",
    lease_kind: "staff",
    fence: "none",
    opened_at: "staff",
    hard_until: "staff",
  },
  "app.skip": { case_id: "id", staff_id: "id", reason: "staff", until: "staff" },
  "app.active_minute": { staff_id: "id", minute: "staff" },
  "app.involvement": { ...ROUND, staff_id: "id", how: "staff", at: "staff" },
  "app.viewing": {
    ...ROUND,
    staff_id: "id",
    candidate_id: "id",
    first_opened_at: "staff",
    running_since: "staff",
    viewed_ms: "staff",
  },
  "app.rating": {
    ...ROUND,
    staff_id: "id",
    candidate_id: "id",
    seq: "none",
    rating: "code",
    detail: PROBE,
    viewed_ms: "staff",
    at: "staff",
  },
  "app.reveal": { ...ROUND, staff_id: "id", at: "staff" },
  "app.decision": {
    ...ROUND,
    id: "id",
    staff_id: "id",
    outcome: "code",
    reasons: "code",
    rationale: PROBE,
    policy_version: "none",
    fence: "none",
    is_final: "code",
    decided_at: "code",
    undo_until: "code",
    undone_at: "code",
    settled_at: "code",
    effective_at: "code",
  },
  "app.finding": { decision_id: "id", candidate_id: "id", finding: "code" },
  "app.exemption": {
    id: "id",
    decision_id: "id",
    case_id: "id",
    reason: "code",
    note: PROBE,
    expires_at: "code",
    created_at: "code",
    undone_at: "code",
  },
  "app.exemption_account": { exemption_id: "id", subject_id: "id" },
  "app.question": { ...ROUND, staff_id: "id", text: PROBE, at: "staff" },
  "app.signal": { kind: "none", hash: "keyed_hash", subject_id: "id" },
  "app.draft": { ...ROUND, staff_id: "id", content: PROBE, saved_at: "staff" },
  "sealed.matcher_run": {
    id: "id",
    case_id: "id",
    cycle: "none",
    provider: "none",
    model_version: "none",
    gallery: "none",
    searched_at: "code",
    score_scale: "none",
    threshold: "none",
    recommendation: "code",
  },
  "sealed.score": {
    candidate_id: "id",
    run_id: "id",
    similarity: "code",
    rank: "code",
    match_id: "upstream_id",
  },
  "sealed.ticket": {
    eid: "id",
    case_id: "id",
    cycle: "none",
    staff_id: "id",
    xid: "none",
    at: "staff",
  },
  "audit.event": { id: "none", xid: "none", leaf: "leaf", leaf_hash: "leaf", at: "none" },
  "audit.position": { idx: "none", event_id: "none" },
  "audit.tile": { level: "none", n: "none", data: "leaf" },
  "audit.checkpoint": { size: "none", note: "none", at: "none" },
  "audit.head": { one: "none" },
  "audit.entry": {
    idx: "none",
    eid: "id",
    kind: "code",
    at: "code",
    actor: "id",
    actor_role: "staff",
    session_id: "id",
    outcome: "code",
    case_id: "id",
    subject_id: "id",
    leaf: "leaf",
  },
  "public.secondlook_migration": { name: "none", applied_at: "none" },
};
