// Shapes of API v1 that the pages of governance use. Moments are UTC milliseconds.
import type { Moment } from '@/app/format';

export interface Place {
  lon: number;
  lat: number;
  cell?: string;
  street?: string;
  community?: string;
  address?: string;
}

export interface CaseClass {
  code: string;
  kind: 'component' | 'matter';
  name_zh: string;
  name_en: string;
  major: string;
  major_zh: string;
  major_en: string;
  reportable: boolean;
  frequent: boolean;
}

export interface Unit {
  code: string;
  name_zh: string;
  name_en: string;
  kind: string;
}

export interface Worker {
  id: string;
  name: string;
}

export interface Limit {
  value: number;
  unit: string;
}

export interface Condition {
  id: string;
  text_zh: string;
  text_en: string;
  closing_zh: string;
  closing_en: string;
  milestones: { name: string; limit: Limit | string }[];
  unit?: string | null;
}

export interface Located {
  inside: boolean;
  cell?: string | null;
  community?: string | null;
  community_name?: string | null;
  street?: string | null;
  street_name?: string | null;
  nearest?: { cell: string; distance_m: number; lon: number; lat: number } | null;
  /** Who handles the asked class here, by the handbook. */
  unit?: { code: string; name_zh: string; name_en: string } | null;
}

export interface Reason {
  what: string;
  points: number;
  value: unknown;
}

export interface Similar {
  reference: string;
  distance_m: number | null;
  reported_at: Moment;
  class: string | null;
  state: PublicState;
  score: number;
  reasons: Reason[];
}

export type PublicState = 'received' | 'checking' | 'assigned' | 'in_work' | 'done' | 'not_taken' | 'merged';

export interface Receipt {
  seq: number;
  hash: string;
  root: string;
  [more: string]: unknown;
}

export interface Reported {
  id: string;
  reference: string;
  token: string;
  receipt: Receipt;
  unit?: { code: string; name_zh: string; name_en: string } | null;
  expected_at?: Moment | null;
}

export interface PublicPhoto {
  hash: string;
  role: 'before' | 'after' | 'other';
}

export interface PublicReport {
  reference: string;
  state: PublicState;
  class: string | null;
  text?: string | null;
  place: Place | null;
  reported_at: Moment;
  updated_at: Moment;
  expected_at?: Moment | null;
  timeline: { at: Moment; event: string; note?: string | null }[];
  photos: (PublicPhoto | string)[];
  outcome?: string | null;
  mine: boolean;
  can_rate: boolean;
  can_reopen: boolean;
  followers: number;
  looks: { at: Moment; role: string }[];
}

/** `accept`, or `{handle: 0}` for a milestone of the filing rule. */
export type ClockName = string | Record<string, number>;

export interface RowClock {
  name: ClockName;
  from: Moment;
  due: Moment;
  late: boolean;
}

export interface CaseRow {
  id: string;
  version: number;
  reference: string;
  stage: string;
  flags: string[];
  class: string | null;
  text: string;
  place: Place | null;
  source: string;
  unit: string | null;
  units: string[];
  reported_at: Moment;
  due_at?: Moment | null;
  clock?: RowClock | null;
  closed_at?: Moment | null;
  voices: number;
  urgent: boolean;
}

export interface Attachment {
  hash: string;
  role: 'before' | 'after' | 'other';
  round?: number;
}

export interface UnitTask {
  unit: string;
  signed?: Moment;
  worker?: string;
  handled?: Moment;
  confirmed?: Moment;
}

export interface CaseState {
  stage: string;
  since: Moment;
  reported_at: Moment;
  source: string;
  lane?: string;
  text?: string;
  place?: Place;
  class?: string;
  component?: string;
  urgent?: boolean;
  round?: number;
  reporter?: string;
  attachments?: Attachment[];
  filing?: {
    condition: string;
    handbook_version: number;
    milestones: { name: string; limit: Limit | string }[];
    closing_items?: string[];
    handling_unit?: string;
  };
  task?: { kind: string; collector: string };
  verification?: { answer: string; at: Moment };
  check?: { answer: string; at: Moment };
  units?: UnitTask[];
  joint?: { form: unknown; due: Moment };
  returned?: { unit: string; proposal: string };
  delay?: { kind: unknown; unit: string; level: string };
  suspended_until?: Moment;
  urging?: { at: Moment; limit: Limit };
  appeal?: { unit: string; state: string };
  transferred_to?: string;
  closing?: { at: Moment; outcome: string };
  rating?: { solved: boolean; satisfaction: number; at: Moment };
  milestones_reached?: Moment[];
  clocks?: { name: ClockName; from: Moment; due: Moment; remind?: Moment; reminded?: boolean; overdue?: boolean }[];
  overdues?: { clock: ClockName; from: Moment; due: Moment; ended?: Moment; units?: string[]; exempt?: boolean }[];
  merged?: { into: string };
  absorbed?: string[];
  parent?: string;
  children?: string[];
  undo?: { act: string; at: Moment };
}

export interface HistoryItem {
  seq: number;
  at: Moment;
  kind: string;
  actor: { kind: string; role?: string | null; name?: string | null };
  body: unknown;
}

export interface CaseAnswer {
  case: CaseState;
  row: CaseRow;
  acts: string[];
  history: HistoryItem[];
  receipt?: Receipt | null;
}

export interface Duplicate {
  id: string;
  reference: string;
  distance_m: number | null;
  reported_at: Moment;
  class: string | null;
  stage?: string;
  state?: string;
  text?: string;
  score: number;
  reasons: Reason[];
}

/** Lists come as `{items, next}`; short public ones as a bare array. */
export function itemsOf<T>(answer: T[] | { items: T[] }): T[] {
  return Array.isArray(answer) ? answer : answer.items;
}
