// Two languages, each its own chunk; only the one in use is loaded.
import { watch } from 'vue';
import { createI18n } from 'vue-i18n';
import { language, type Language } from './preferences';

type Messages = typeof import('@/locales/zh-CN.json');

const load: Record<Language, () => Promise<{ default: Messages }>> = {
  'zh-CN': () => import('@/locales/zh-CN.json'),
  en: () => import('@/locales/en.json') as Promise<{ default: Messages }>,
};

export const i18n = createI18n({
  legacy: false,
  locale: language.value,
  fallbackLocale: false,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {},
});

async function use(next: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(next)) {
    i18n.global.setLocaleMessage(next, (await load[next]()).default);
  }
  (i18n.global.locale as { value: string }).value = next;
}

/** Loads the chosen language; call before the app is shown. */
export async function startLanguage(): Promise<void> {
  await use(language.value);
  watch(language, use);
}

/** A translation, or `undefined` where neither file knows the key: codes of a newer server fall back to its own words. */
export function known(key: string, values: Record<string, unknown> = {}): string | undefined {
  return i18n.global.te(key) ? i18n.global.t(key, values) : undefined;
}
