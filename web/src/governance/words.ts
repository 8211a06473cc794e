// The words and signs of a case: stages, sources, clocks, flags. Keys come from the server; an unknown one shows as it is.
import { useI18n } from 'vue-i18n';
import { known } from '@/app/i18n';
import type { IconName } from '@/parts/ui/UiIcon.vue';
import type { ClockName, Limit } from './types';

export const STAGES = [
  'reported', 'pre_filing_verification', 'to_file', 'transferred', 'to_dispatch', 'dispatched', 'handling', 'handled',
  'unit_confirmed', 'post_handling_check', 'to_close', 'closed', 'refused', 'voided', 'merged',
] as const;
export const ENDED: readonly string[] = ['closed', 'refused', 'voided', 'merged'];
export const SOURCES = ['collector', 'hotline', 'web', 'leader', 'media', 'letters', 'video', 'sensor', 'other_platform'] as const;

export const STAGE_LOOKS: Record<string, { icon: IconName; tone: 'info' | 'warn' | 'good' | 'soft' }> = {
  reported: { icon: 'plus', tone: 'info' },
  pre_filing_verification: { icon: 'eye', tone: 'info' },
  to_file: { icon: 'list', tone: 'info' },
  transferred: { icon: 'next', tone: 'info' },
  to_dispatch: { icon: 'send', tone: 'warn' },
  dispatched: { icon: 'people', tone: 'warn' },
  handling: { icon: 'wrench', tone: 'warn' },
  handled: { icon: 'wrench', tone: 'warn' },
  unit_confirmed: { icon: 'check', tone: 'warn' },
  post_handling_check: { icon: 'eye', tone: 'warn' },
  to_close: { icon: 'flag', tone: 'warn' },
  closed: { icon: 'check', tone: 'good' },
  refused: { icon: 'cross', tone: 'soft' },
  voided: { icon: 'cross', tone: 'soft' },
  merged: { icon: 'merge', tone: 'soft' },
};

export const CALL_STAGE_LOOKS: typeof STAGE_LOOKS = {
  ringing: { icon: 'phone', tone: 'warn' },
  open: { icon: 'phone', tone: 'info' },
  transferred: { icon: 'next', tone: 'info' },
  with_case: { icon: 'wrench', tone: 'info' },
  to_follow_up: { icon: 'phone', tone: 'warn' },
  closed: { icon: 'check', tone: 'good' },
  dropped: { icon: 'cross', tone: 'soft' },
  unreasonable: { icon: 'cross', tone: 'soft' },
};

/** Which stages wait for a post: the first view of its work list. */
export const WORK_OF_ROLE: Record<string, readonly string[]> = {
  collector: ['pre_filing_verification', 'post_handling_check'],
  acceptor: ['reported', 'transferred', 'unit_confirmed'],
  shift_leader: ['to_file', 'to_close'],
  dispatcher: ['to_dispatch'],
  unit_manager: ['dispatched', 'handling', 'handled'],
  worker: ['handling'],
};

/** The clock's word and, for milestones, which one. */
export function clockKey(name: ClockName): { key: string; milestone: number | null } {
  if (typeof name === 'string') {
    const numbered = /^(handle)[_:](\d+)$/.exec(name);
    return numbered === null ? { key: name, milestone: null } : { key: 'handle', milestone: Number(numbered[2]) };
  }
  const [key, milestone] = Object.entries(name)[0] ?? ['handle', 0];
  return { key, milestone };
}

export function useWords() {
  const { t } = useI18n();
  const word = (group: string, code: string | null | undefined): string => (code ? (known(`${group}.${code}`) ?? code) : '');
  const clockWord = (name: ClockName): string => word('clock', clockKey(name).key);
  const limitWord = (limit: Limit | string): string =>
    typeof limit === 'string' ? limit : (known(`limit.${limit.unit}`, { value: limit.value, n: limit.value }) ?? `${limit.value} ${limit.unit}`);
  /** A milestone's name, in the handbook's language; where there is only one it is the handling itself. */
  const milestoneWord = (name: string, among: number): string => (among === 1 ? t('clock.handle') : name);
  return { t, word, clockWord, limitWord, milestoneWord };
}
