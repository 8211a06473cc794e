// Moments, distances and numbers as people of the city write them.
import { computed, onScopeDispose, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCity } from './city';
import { language } from './preferences';

/** UTC milliseconds; some doors write RFC 3339. */
export type Moment = number | string;

export function millis(moment: Moment): number {
  return typeof moment === 'number' ? moment : Date.parse(moment);
}

/** How far the zone's wall clock is before UTC at that moment, in milliseconds. */
function zoneOffset(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(ms);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(ms / 1000) * 1000;
}

/** `2026-03-15T09:30` on the zone's wall clock as UTC milliseconds; `null` where it is no date. */
export function momentOfWall(wall: string, zone: string): number | null {
  const utc = Date.parse(`${wall}Z`);
  if (!Number.isFinite(utc)) return null;
  const first = utc - zoneOffset(utc, zone);
  // Once more, for walls near a change of summer time.
  return utc - zoneOffset(first, zone);
}

/** The other way round, to the minute. */
export function wallOfMoment(ms: number, zone: string): string {
  return new Date(ms + zoneOffset(ms, zone)).toISOString().slice(0, 16);
}

/** The present moment, renewed every `seconds`; one timer for all who ask for the same pace. */
const tickers = new Map<number, { now: Ref<number>; users: number; timer: number }>();
export function useNow(seconds = 15): Ref<number> {
  let ticker = tickers.get(seconds);
  if (ticker === undefined) {
    const now = ref(Date.now());
    ticker = { now, users: 0, timer: window.setInterval(() => (now.value = Date.now()), seconds * 1000) };
    tickers.set(seconds, ticker);
  }
  const mine = ticker;
  mine.users += 1;
  onScopeDispose(() => {
    mine.users -= 1;
    if (mine.users === 0) {
      window.clearInterval(mine.timer);
      tickers.delete(seconds);
    }
  });
  return mine.now;
}

export function useFormat() {
  const { t } = useI18n();
  const city = useCity();
  const style = (options: Intl.DateTimeFormatOptions) =>
    computed(() => new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'zh-CN', { timeZone: city.zone, ...options }));
  const long = style({ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const short = style({ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const yearly = style({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = style({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' });

  const guard = (moment: Moment, print: (ms: number) => string): string => {
    const ms = millis(moment);
    return Number.isFinite(ms) ? print(ms) : '';
  };
  const at = (moment: Moment): string => guard(moment, (ms) => long.value.format(ms));
  /** For tables: the year only where it is not this one. */
  const atShort = (moment: Moment): string =>
    guard(moment, (ms) =>
      (new Date(ms).getFullYear() === new Date().getFullYear() ? short : yearly).value.format(ms),
    );
  const onDay = (moment: Moment): string => guard(moment, (ms) => day.value.format(ms));

  /** A length of time in its two largest units. */
  const duration = (ms: number): string => {
    const minutes = Math.max(0, Math.floor(Math.abs(ms) / 60_000));
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    if (days >= 10) return t('time.days', { days });
    if (days > 0) return hours > 0 ? t('time.days_hours', { days, hours }) : t('time.days', { days });
    if (hours > 0) return t('time.hours_minutes', { hours, minutes: minutes % 60 });
    return t('time.minutes', { minutes });
  };

  const distance = (metres: number): string =>
    metres < 1000 ? t('distance.m', { m: Math.round(metres) }) : t('distance.km', { km: (metres / 1000).toFixed(1) });

  return { at, atShort, onDay, duration, distance };
}
