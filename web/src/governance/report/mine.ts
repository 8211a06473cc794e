// Reports sent from this device: reference and token, so that nobody has to write anything down. Never leaves the device.
import { keep, kept } from '@/app/preferences';
import type { Reported } from '../types';

const NAME = 'my-reports';
const MINE_MAX = 50;

export interface Mine {
  reference: string;
  token: string;
  at: number;
  /** The first answer of the server, with the receipt. */
  answer?: Reported;
}

export function mine(): Mine[] {
  return kept<Mine[]>(NAME) ?? [];
}

export function remember(one: Mine): void {
  keep(NAME, JSON.stringify([one, ...mine().filter((old) => old.reference !== one.reference)].slice(0, MINE_MAX)));
}

export function forget(reference: string): void {
  keep(NAME, JSON.stringify(mine().filter((one) => one.reference !== reference)));
}

export function mineOf(reference: string): Mine | undefined {
  return mine().find((one) => one.reference === reference);
}
