// Names of classes and units in the reader's language, and finding a class by words.
import { computed, shallowRef } from 'vue';
import { getOnce } from '@/app/api';
import { language } from '@/app/preferences';
import { itemsOf, type CaseClass, type Unit } from './types';

const classes = shallowRef<CaseClass[]>([]);
const units = shallowRef<Unit[]>([]);

export async function loadClasses(): Promise<CaseClass[]> {
  classes.value = itemsOf(await getOnce<CaseClass[]>('/classes'));
  return classes.value;
}

export async function loadUnits(): Promise<Unit[]> {
  units.value = itemsOf(await getOnce<Unit[]>('/units'));
  return units.value;
}

function inLanguage(zh: string, en: string): string {
  return language.value === 'en' && en !== '' ? en : zh;
}

export function useDictionary() {
  const classOf = computed(() => new Map(classes.value.map((one) => [one.code, one])));
  const unitOf = computed(() => new Map(units.value.map((one) => [one.code, one])));
  const className = (code: string | null | undefined): string => {
    if (!code) return '';
    const found = classOf.value.get(code);
    return found === undefined ? code : inLanguage(found.name_zh, found.name_en);
  };
  const majorName = (one: CaseClass): string => inLanguage(one.major_zh, one.major_en);
  const unitName = (code: string | null | undefined): string => {
    if (!code) return '';
    const found = unitOf.value.get(code);
    return found === undefined ? code : inLanguage(found.name_zh, found.name_en);
  };
  return { classes, units, className, majorName, unitName, inLanguage };
}

/** Pairs of neighbouring characters for Chinese, words for the rest. */
function pieces(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []) {
    if (/\p{Script=Han}/u.test(run)) {
      const characters = [...run];
      if (characters.length === 1) found.add(run);
      for (let index = 0; index + 1 < characters.length; index += 1) found.add(`${characters[index]}${characters[index + 1]}`);
    } else if (run.length > 2) found.add(run.replace(/s$/, ''));
  }
  return found;
}

/** Classes whose names share the most with what was said, best first; at most `max`. */
export function suggest(all: CaseClass[], said: string, max: number): CaseClass[] {
  const wanted = pieces(said);
  if (wanted.size === 0) return [];
  const scored = all.map((one) => {
    const name = pieces(`${one.name_zh} ${one.name_en}`);
    let hits = 0;
    for (const piece of name) if (wanted.has(piece)) hits += 1;
    const whole = [one.name_zh, one.name_en].some((text) => text !== '' && said.toLowerCase().includes(text.toLowerCase()));
    return { one, score: hits / Math.sqrt(Math.max(1, name.size)) + (whole ? 2 : 0) + (hits > 0 && one.frequent ? 0.1 : 0) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, max)
    .map(({ one }) => one);
}
