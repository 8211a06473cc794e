// Which city this is. Loaded once, before the first page.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { asProblem, get, type Problem, setCity } from './api';
import { language } from './preferences';

export interface DemonstrationAccount {
  sign_in: string;
  id: string;
  unit?: string;
  password: string;
  role: string;
  name: string;
}

export interface City {
  code: string;
  name: string;
  name_en: string;
  zone: string;
  bounds: [number, number, number, number] | null;
  center: [number, number] | null;
  demonstration: boolean;
  accounts?: DemonstrationAccount[];
}

export const useCity = defineStore('city', () => {
  const city = ref<City | null>(null);
  /** Cities to choose from, where the server has several and none is named. */
  const choices = ref<City[]>([]);
  const problem = ref<Problem | null>(null);

  const name = computed(() => {
    if (city.value === null) return '';
    return language.value === 'en' && city.value.name_en ? city.value.name_en : city.value.name;
  });
  const zone = computed(() => city.value?.zone ?? 'Asia/Shanghai');

  async function load(): Promise<void> {
    problem.value = null;
    const named = new URLSearchParams(location.search).get('city') ?? sessionStorage.getItem('wuhua.city');
    setCity(named);
    try {
      city.value = await get<City>('/city');
    } catch (error) {
      problem.value = asProblem(error);
      const cities = await get<City[] | { items: City[] }>('/cities').catch(() => []);
      choices.value = Array.isArray(cities) ? cities : cities.items;
    }
  }

  async function choose(code: string): Promise<void> {
    sessionStorage.setItem('wuhua.city', code);
    setCity(code);
    city.value = await get<City>('/city');
    problem.value = null;
  }

  return { city, choices, problem, name, zone, load, choose };
});
