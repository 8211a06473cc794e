// Who is signed in, and what that person may do. The server decides; the app only hides what it would refuse.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call, get, Problem, randomKey, whenSignedOut } from './api';

export interface Session {
  account: string;
  sign_in: string;
  name: string;
  role: string;
  unit: string | null;
  must_change_password: boolean;
  second_factor: boolean;
  rights: Record<string, string>;
}

export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null);
  let asked = false;

  whenSignedOut(() => {
    session.value = null;
  });

  /** The session of the cookie, if there is one; asks once. */
  async function find(): Promise<Session | null> {
    if (!asked) {
      try {
        session.value = await get<Session | null>('/session');
        asked = true;
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 401) throw error;
        asked = true;
      }
    }
    return session.value;
  }

  async function signIn(sign_in: string, password: string, code?: string): Promise<Session> {
    const body = code === undefined ? { sign_in, password } : { sign_in, password, code };
    session.value = (await call<Session>('POST', '/session', { body, key: randomKey() })).data;
    asked = true;
    return session.value;
  }

  async function changePassword(old: string, fresh: string): Promise<void> {
    await call('POST', '/session/password', { body: { old, new: fresh }, key: randomKey() });
    if (session.value !== null) session.value.must_change_password = false;
  }

  async function signOut(): Promise<void> {
    await call('DELETE', '/session').catch((error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
    });
    session.value = null;
  }

  /** Whether the table of rights has a row for it, in any scope. */
  function may(action: string): boolean {
    return session.value !== null && action in session.value.rights;
  }

  return { session, find, signIn, changePassword, signOut, may };
});
