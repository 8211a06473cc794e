// One description for each kind of command: which inputs it needs and how they become JSON. The form is drawn from it. Which commands are
// allowed is the server's word (`acts`); a kind without a description is not offered.
import type { IconName } from '@/parts/ui/UiIcon.vue';
import type { CaseState } from '../types';

export type InputKind =
  | 'long' | 'line' | 'units' | 'unit' | 'worker' | 'condition' | 'moment' | 'limit' | 'answer' | 'outcome' | 'yes_no' | 'yes_no_unknown'
  | 'tick' | 'photos' | 'class' | 'place' | 'case' | 'joint_form' | 'parts' | 'stars';

export interface Input {
  name: string;
  kind: InputKind;
  required?: boolean;
  /** Beside the command, not in it. */
  outer?: boolean;
  /** Role of the photos. */
  role?: 'before' | 'after' | 'other';
}

export interface Act {
  tone: 'primary' | 'ordinary' | 'danger';
  icon: IconName;
  inputs: Input[];
  /** Sent besides what is typed. */
  fixed?: (state: CaseState) => Record<string, unknown>;
  /** Likewise, beside the command. */
  fixedOuter?: (state: CaseState) => Record<string, unknown>;
  /** What the form starts with. */
  start?: (state: CaseState) => Record<string, unknown>;
  /** Inputs left as they were are not sent. */
  changesOnly?: boolean;
}

const reason: Input = { name: 'reason', kind: 'long', required: true };
const note: Input = { name: 'note', kind: 'long' };
const photos = (role: 'before' | 'after' | 'other', required = false): Input => ({ name: 'attachments', kind: 'photos', role, required });

/** In the order in which they are offered. */
export const ACTS: Record<string, Act> = {
  undo: { tone: 'ordinary', icon: 'undo', inputs: [] },
  accept: { tone: 'primary', icon: 'check', inputs: [] },
  request_verification: { tone: 'ordinary', icon: 'eye', inputs: [] },
  answer_verification: { tone: 'primary', icon: 'eye', inputs: [{ name: 'answer', kind: 'answer', required: true }, note, photos('before')] },
  file: { tone: 'primary', icon: 'list', inputs: [{ name: 'condition', kind: 'condition', required: true, outer: true }] },
  answer_at_once: { tone: 'ordinary', icon: 'phone', inputs: [{ name: 'answer', kind: 'long', required: true }] },
  transfer: { tone: 'ordinary', icon: 'next', inputs: [{ name: 'to', kind: 'line', required: true }, reason] },
  record_reply: { tone: 'primary', icon: 'check', inputs: [{ name: 'solved', kind: 'yes_no', required: true }, { name: 'reply', kind: 'long', required: true }] },
  dispatch: {
    tone: 'primary',
    icon: 'send',
    inputs: [{ name: 'units', kind: 'units', required: true }],
    start: (state) => ({ units: state.returned?.proposal ? [state.returned.proposal] : state.filing?.handling_unit ? [state.filing.handling_unit] : [] }),
  },
  decide_jointly: {
    tone: 'ordinary',
    icon: 'people',
    inputs: [
      { name: 'units', kind: 'units', required: true },
      { name: 'form', kind: 'joint_form', required: true },
      { name: 'due', kind: 'moment', required: true },
      reason,
    ],
    start: () => ({ form: 'joint_dispatch' }),
  },
  sign: { tone: 'primary', icon: 'check', inputs: [] },
  assign: { tone: 'primary', icon: 'people', inputs: [{ name: 'worker', kind: 'worker', required: true }] },
  reach_milestone: { tone: 'primary', icon: 'flag', inputs: [] },
  handle: { tone: 'primary', icon: 'wrench', inputs: [photos('after'), note] },
  confirm: { tone: 'primary', icon: 'check', inputs: [] },
  request_check: { tone: 'primary', icon: 'eye', inputs: [] },
  answer_check: { tone: 'primary', icon: 'eye', inputs: [{ name: 'answer', kind: 'answer', required: true }, photos('after'), note] },
  close: {
    tone: 'primary',
    icon: 'flag',
    inputs: [
      { name: 'outcome', kind: 'outcome', required: true },
      { name: 'condition_met', kind: 'tick' },
      { name: 'component_present', kind: 'yes_no_unknown' },
      note,
    ],
    start: (state) => ({ outcome: state.check?.answer === 'no' ? 'unresolved' : 'cured' }),
  },
  order_rework: { tone: 'ordinary', icon: 'undo', inputs: [reason] },
  grant_delay: { tone: 'primary', icon: 'clock', inputs: [] },
  endorse_delay: { tone: 'primary', icon: 'clock', inputs: [] },
  refuse_delay: { tone: 'ordinary', icon: 'cross', inputs: [reason] },
  review_appeal: { tone: 'primary', icon: 'list', inputs: [{ name: 'granted', kind: 'yes_no', required: true }, reason] },
  decide_appeal: { tone: 'primary', icon: 'list', inputs: [{ name: 'granted', kind: 'yes_no', required: true }, reason] },
  answer_urge: { tone: 'primary', icon: 'send', inputs: [{ name: 'answer', kind: 'long', required: true }] },
  forward_to_closing: { tone: 'ordinary', icon: 'next', inputs: [reason] },
  send_back: { tone: 'ordinary', icon: 'back', inputs: [reason] },
  unassign: { tone: 'ordinary', icon: 'back', inputs: [] },
  reject_work: { tone: 'ordinary', icon: 'undo', inputs: [reason] },
  return: { tone: 'ordinary', icon: 'back', inputs: [{ name: 'proposal', kind: 'unit', required: true }, reason] },
  withdraw_task: { tone: 'ordinary', icon: 'back', inputs: [reason] },
  request_extension: { tone: 'ordinary', icon: 'clock', inputs: [reason] },
  request_suspension: { tone: 'ordinary', icon: 'pause', inputs: [{ name: 'until', kind: 'moment', required: true }, reason] },
  resume: { tone: 'ordinary', icon: 'clock', inputs: [] },
  appeal_overdue: { tone: 'ordinary', icon: 'flag', inputs: [reason] },
  urge: {
    tone: 'ordinary',
    icon: 'flag',
    inputs: [{ name: 'limit', kind: 'limit', required: true }, reason],
    start: () => ({ limit: { value: 4, unit: 'working_hour' } }),
  },
  amend: {
    tone: 'ordinary',
    icon: 'list',
    changesOnly: true,
    inputs: [{ name: 'class', kind: 'class' }, { name: 'text', kind: 'long' }, { name: 'component', kind: 'line' }, { name: 'place', kind: 'place' }],
    start: (state) => ({ class: state.class ?? null, text: state.text ?? '', component: state.component ?? '', place: state.place ?? null }),
  },
  merge: { tone: 'ordinary', icon: 'merge', inputs: [{ name: 'into', kind: 'case', required: true }] },
  unmerge: { tone: 'ordinary', icon: 'undo', inputs: [reason], fixedOuter: (state) => ({ other: state.merged?.into }) },
  split: { tone: 'ordinary', icon: 'people', inputs: [{ name: 'parts', kind: 'parts', required: true, outer: true }, reason], fixed: () => ({ children: [] }) },
  follow: { tone: 'ordinary', icon: 'plus', inputs: [] },
  rate: { tone: 'ordinary', icon: 'star', inputs: [{ name: 'solved', kind: 'yes_no', required: true }, { name: 'satisfaction', kind: 'stars', required: true }] },
  reopen: { tone: 'ordinary', icon: 'undo', inputs: [reason] },
  note: { tone: 'ordinary', icon: 'list', inputs: [{ name: 'note', kind: 'long', required: true }, { name: 'public', kind: 'tick' }] },
  attach: { tone: 'ordinary', icon: 'camera', inputs: [photos('other', true)] },
  set_urgent: { tone: 'ordinary', icon: 'flag', inputs: [], fixed: (state) => ({ urgent: state.urgent !== true }) },
  refuse: { tone: 'danger', icon: 'cross', inputs: [reason] },
  void: { tone: 'danger', icon: 'cross', inputs: [reason] },
};

/** The allowed acts that the app knows, in its order; undo has its own button. */
export function offered(acts: string[]): string[] {
  return Object.keys(ACTS).filter((kind) => kind !== 'undo' && acts.includes(kind));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'string' && value.trim() === '');
}

/** Names of required inputs that are still empty. */
export function missing(act: Act, values: Record<string, unknown>): string[] {
  return act.inputs.filter((input) => input.required && isEmpty(values[input.name])).map((input) => input.name);
}

/** The body of `POST /cases/{id}/acts`. `values` hold what the inputs give, photos as hashes. */
export function bodyOf(kind: string, values: Record<string, unknown>, state: CaseState): Record<string, unknown> {
  const act = ACTS[kind];
  if (act === undefined) throw new Error(kind);
  const start = act.start?.(state) ?? {};
  const inner: Record<string, unknown> = { ...act.fixed?.(state) };
  const outer: Record<string, unknown> = { ...act.fixedOuter?.(state) };
  for (const input of act.inputs) {
    let value = values[input.name];
    if (typeof value === 'string') value = value.trim();
    if (isEmpty(value)) continue;
    if (act.changesOnly && JSON.stringify(value) === JSON.stringify(start[input.name])) continue;
    if (input.kind === 'photos') value = (value as string[]).map((hash) => ({ hash, role: input.role }));
    (input.outer ? outer : inner)[input.name] = value;
    if (input.kind === 'case') outer['other'] = value;
  }
  return { command: { [kind]: inner }, ...outer };
}
