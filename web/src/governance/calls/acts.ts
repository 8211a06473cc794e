// What may be done with a call sheet, and what each asks for. The server says which of them stand now.
import type { IconName } from '@/parts/ui/UiIcon.vue';

export interface CallInput {
  name: string;
  kind: 'long' | 'line' | 'tick' | 'yes_no' | 'score' | 'choice';
  optional?: boolean;
  /** Of a choice: the group of words, and the codes in it. */
  group?: string;
  options?: readonly string[];
}

export interface CallAct {
  icon: IconName;
  inputs: readonly CallInput[];
  main?: boolean;
}

const note: CallInput = { name: 'note', kind: 'long', optional: true };
const reason: CallInput = { name: 'reason', kind: 'long' };

/** In the order in which they are offered. */
export const CALL_ACTS: Record<string, CallAct> = {
  hand_over: { icon: 'send', inputs: [note], main: true },
  answer_at_once: { icon: 'check', inputs: [{ name: 'answer', kind: 'long' }] },
  transfer: { icon: 'next', inputs: [{ name: 'to', kind: 'line' }, reason] },
  join: { icon: 'merge', inputs: [{ name: 'case', kind: 'line' }, note] },
  follow_up: {
    icon: 'phone',
    main: true,
    inputs: [{ name: 'solved', kind: 'yes_no' }, { name: 'satisfaction', kind: 'score', optional: true }, { name: 'redo', kind: 'tick', optional: true }, note],
  },
  not_reached: { icon: 'cross', inputs: [] },
  record_reply: { icon: 'back', inputs: [{ name: 'solved', kind: 'yes_no' }, { name: 'reply', kind: 'long' }], main: true },
  contact: { icon: 'people', inputs: [note] },
  take_over: { icon: 'door', inputs: [] },
  drop: { icon: 'cross', inputs: [{ name: 'reason', kind: 'choice', group: 'call_drop', options: ['hung_up', 'silent', 'prank', 'misdialled'] }, note] },
  certify: { icon: 'flag', inputs: [{ name: 'ground', kind: 'choice', group: 'call_ground', options: ['not_lawful', 'not_reasonable', 'not_in_power'] }, reason] },
  confirm_certification: { icon: 'check', inputs: [] },
  reject_certification: { icon: 'cross', inputs: [reason] },
  contest_certification: { icon: 'undo', inputs: [reason] },
};

/** The command as it is sent: empty optional inputs are left out. */
export function callCommand(kind: string, values: Record<string, unknown>): Record<string, unknown> {
  const filled = (CALL_ACTS[kind]?.inputs ?? [])
    .map((input) => [input.name, typeof values[input.name] === 'string' ? (values[input.name] as string).trim() : values[input.name]] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  return { [kind]: Object.fromEntries(filled) };
}

/** The inputs that are needed and empty. */
export function callMissing(kind: string, values: Record<string, unknown>): string[] {
  return (CALL_ACTS[kind]?.inputs ?? [])
    .filter((input) => input.optional !== true)
    .filter((input) => values[input.name] === undefined || values[input.name] === null || String(values[input.name]).trim() === '')
    .map((input) => input.name);
}
