// The filters of the work list live in the address bar: a view can be sent to somebody.
import { computed } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';

export const LIST_FILTERS = ['stage', 'unit', 'class', 'street', 'source'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

export interface Filters {
  stage: string[];
  unit: string[];
  class: string[];
  street: string[];
  source: string[];
  late: boolean;
  q: string;
  /** Calendar days of the city, both included. */
  from: string;
  to: string;
  sort: 'newest' | 'due';
}

export function useFilters() {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string): string => {
    const value = route.query[name];
    return typeof value === 'string' ? value : '';
  };
  const list = (name: string): string[] => text(name).split(',').filter((part) => part !== '');

  const filters = computed<Filters>(() => ({
    stage: list('stage'),
    unit: list('unit'),
    class: list('class'),
    street: list('street'),
    source: list('source'),
    late: text('late') === 'true',
    q: text('q'),
    from: text('from'),
    to: text('to'),
    sort: text('sort') === 'due' ? 'due' : 'newest',
  }));

  /** As the API wants them, without the empty ones. */
  const query = computed<Record<string, string>>(() => {
    const found: Record<string, string> = {};
    for (const name of LIST_FILTERS) if (filters.value[name].length > 0) found[name] = filters.value[name].join(',');
    if (filters.value.late) found['late'] = 'true';
    for (const name of ['q', 'from', 'to'] as const) if (filters.value[name] !== '') found[name] = filters.value[name];
    if (filters.value.sort === 'due') found['sort'] = 'due';
    return found;
  });

  function change(part: Partial<Filters>): void {
    const next: LocationQueryRaw = { ...route.query };
    for (const [name, value] of Object.entries(part)) {
      const written = Array.isArray(value) ? value.join(',') : value === true ? 'true' : value === false ? '' : String(value);
      if (written === '' || (name === 'sort' && written === 'newest')) delete next[name];
      else next[name] = written;
    }
    next['view'] = undefined;
    void router.replace({ query: next });
  }

  const count = computed(() => Object.keys(query.value).filter((name) => name !== 'sort').length);
  return { filters, query, change, count };
}
