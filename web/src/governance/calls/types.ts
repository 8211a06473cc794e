// Shapes of a call sheet in API v1. Moments are UTC milliseconds.
import type { Moment } from '@/app/format';
import type { CaseRow, HistoryItem, Place, RowClock } from '../types';

export interface CallRow {
  id: string;
  version: number;
  reference: string;
  stage: string;
  flags: string[];
  kind: string | null;
  class: string | null;
  text: string;
  place: Place | null;
  outcome: string | null;
  case: string | null;
  transferred_to: string | null;
  /** Earlier calls of the same person. */
  repeat: number;
  has_caller: boolean;
  at: Moment;
  changed_at: Moment;
  due_at?: Moment | null;
  clock?: RowClock | null;
}

export interface CallState {
  note?: string;
  dropped?: string;
  closing?: string;
  contacted_at?: Moment;
  attempts?: Moment[];
  follow_ups?: { at: Moment; solved: boolean; satisfaction?: number; redo?: boolean }[];
  certification?: { ground: string; reason: string; state: string };
}

export interface CallAnswer {
  call: CallState;
  row: CallRow;
  case: CaseRow | null;
  acts: string[];
  history: HistoryItem[];
}

export interface CallActed {
  row: CallRow;
  acts: string[];
  version: number;
}

export const CALL_KINDS = ['request', 'complaint', 'consultation', 'suggestion', 'praise'] as const;
/** Where the desk still decides what becomes of a call. */
export const AT_DESK: readonly string[] = ['ringing', 'open'];
