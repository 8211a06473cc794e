// What a person chose for this device: language and large type. Kept in the browser, never sent but as the language header.
import { ref, watchEffect } from 'vue';

export type Language = 'zh-CN' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`wuhua.${name}`);
  } catch {
    return null; // storage switched off
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`wuhua.${name}`);
    else localStorage.setItem(`wuhua.${name}`, value);
  } catch {
    // Storage switched off or full: the choice lasts until the page is closed.
  }
}

export function kept<T>(name: string): T | null {
  const text = stored(name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

function firstLanguage(): Language {
  const chosen = stored('language');
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export const language = ref<Language>(firstLanguage());
export const largeType = ref(stored('large-type') === 'true');

watchEffect(() => {
  document.documentElement.lang = language.value;
  keep('language', language.value);
});
watchEffect(() => {
  document.documentElement.classList.toggle('large-type', largeType.value);
  keep('large-type', String(largeType.value));
});
