// The only way to the server: API v1, its problem+json errors, versions and idempotency keys.
import { language } from './preferences';
import { known } from './i18n';

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** A "no" of the server, or of the way to it (`status` 0). `message` is in the caller's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldProblem[] = [],
    readonly details: Record<string, unknown> = {},
    readonly requestId = '',
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** Trying the same thing again may help: nothing was said about the request itself. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** Any thrown thing as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, 'unexpected', known('error.unexpected') ?? String(error));
}

export interface Answer<T> {
  data: T;
  /** The record's version, from `ETag`. */
  version: string | null;
}

export interface Options {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  form?: FormData;
  /** Kept over retries of one form, so that the server can tell a retry from a second wish. */
  key?: string;
  /** The version that the caller saw. */
  version?: string | number;
  signal?: AbortSignal;
}

let city: string | null = null;

/** Every request names this city from now on; `null` where the server has one only. */
export function setCity(code: string | null): void {
  city = code;
}

export function address(path: string, query: Options['query'] = {}): string {
  const search = new URLSearchParams();
  if (city !== null) search.set('city', city);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

/** Random and unguessable, also where the page is not a secure context (`crypto.randomUUID` is missing there). */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The headers that every request carries. */
export function commonHeaders(): Record<string, string> {
  const other = language.value === 'en' ? 'zh-CN;q=0.5' : 'en;q=0.5';
  return { 'accept-language': `${language.value},${other}` };
}

async function problemOf(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // A proxy's page, or nothing: the status has to do.
  }
  const code = typeof body['code'] === 'string' ? body['code'] : `http_${response.status}`;
  const details = (body['details'] ?? {}) as Record<string, unknown>;
  const detail = typeof body['detail'] === 'string' && body['detail'] !== '' && body['detail'] !== code ? body['detail'] : undefined;
  const message =
    detail ?? known(`error.${code}`, details) ?? known(`error.http_${response.status}`) ?? known('error.unexpected') ?? code;
  return new Problem(
    response.status,
    code,
    message,
    Array.isArray(body['fields']) ? (body['fields'] as FieldProblem[]) : [],
    details,
    typeof body['request_id'] === 'string' ? body['request_id'] : '',
  );
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const onSignedOut = new Set<() => void>();

/** Called whenever the server says that nobody is signed in. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut.add(handler);
}

export async function call<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json', ...commonHeaders() };
  if (options.key !== undefined) headers['idempotency-key'] = options.key;
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'offline', known('error.offline') ?? 'offline');
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401 && path !== '/session') onSignedOut.forEach((handler) => handler());
    throw problem;
  }
  const version = response.headers.get('etag')?.replace(/^W\//, '').replaceAll('"', '') ?? null;
  const text = await response.text();
  return { data: (text === '' ? null : JSON.parse(text)) as T, version };
}

export async function get<T>(path: string, query?: Options['query'], signal?: AbortSignal): Promise<T> {
  return (await call<T>('GET', path, { query, signal })).data;
}

/** Once a page: public lists that change with the handbook only. A failure is not kept. */
const lists = new Map<string, Promise<unknown>>();
export function getOnce<T>(path: string): Promise<T> {
  const name = address(path);
  let promise = lists.get(name) as Promise<T> | undefined;
  if (promise === undefined) {
    promise = get<T>(path);
    lists.set(name, promise);
    promise.catch(() => lists.delete(name));
  }
  return promise;
}

/**
 * One form's key: the same body again gets the same key, a changed body a new one (the server refuses a used key with another body).
 * Give what `remembered` returned last time to go on over a reload.
 */
export class Submission {
  private last: { key: string; body: string } | null;
  constructor(last: { key: string; body: string } | null = null) {
    this.last = last;
  }
  keyFor(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.last === null || this.last.body !== text) this.last = { key: randomKey(), body: text };
    return this.last.key;
  }
  get remembered(): { key: string; body: string } | null {
    return this.last;
  }
}
