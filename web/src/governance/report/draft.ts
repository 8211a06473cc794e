// A half-made report: kept over reload and restart, photos too, until it is sent or thrown away.
import { reactive, ref, shallowRef, watch } from 'vue';
import { Submission } from '@/app/api';
import { keep, kept } from '@/app/preferences';
import { dropBlobs, readBlobs, writeBlobs } from '@/app/store';
import type { PhotoDraft } from '@/parts/ui/PhotoInput.vue';

/** As the rules of a case count it: code points. */
export const TEXT_CHARS_MAX = 4000;

interface Words {
  text: string;
  class: string | null;
  place: { lon: number; lat: number } | null;
  address: string;
  /** The person has seen the place and moved on. */
  placeSeen: boolean;
  name: string;
  phone: string;
  email: string;
}

const empty = (): Words => ({
  text: '',
  class: null,
  place: null,
  address: '',
  placeSeen: false,
  name: '',
  phone: '',
  email: '',
});

const NAME = 'report-draft';

export const draft = reactive<Words>({ ...empty(), ...kept<Partial<Words>>(NAME) });
export const photos = shallowRef<PhotoDraft[]>([]);
export const submission = new Submission(kept(`${NAME}-sent`));
/** Found in storage when the page was opened. */
export const restored = ref(draft.text !== '' || draft.class !== null);

watch(draft, () => keep(NAME, JSON.stringify(draft)), { deep: true });

let photosRead: Promise<void> | null = null;
/** Photos come a moment later than words; asks storage once. */
export function readPhotos(): Promise<void> {
  photosRead ??= (async () => {
    const found = await readBlobs<PhotoDraft[]>(NAME);
    if (found !== undefined && found.length > 0 && photos.value.length === 0) {
      photos.value = found;
      restored.value = true;
    }
    watch(photos, (now) => void writeBlobs(NAME, now.map((photo) => ({ ...photo }))));
  })();
  return photosRead;
}

/** Remember what was sent under which key, so that sending again after a restart is the same sending. */
export function rememberSending(): void {
  keep(`${NAME}-sent`, JSON.stringify(submission.remembered));
}

export async function clearDraft(): Promise<void> {
  Object.assign(draft, empty());
  photos.value = [];
  restored.value = false;
  keep(NAME, null);
  keep(`${NAME}-sent`, null);
  await dropBlobs(NAME);
}

export function isEmpty(): boolean {
  return draft.text.trim() === '' && draft.class === null && photos.value.length === 0;
}

/** What goes to the server. */
export function body(): Record<string, unknown> {
  const contact = Object.fromEntries(
    (['name', 'phone', 'email'] as const).map((name) => [name, draft[name].trim()]).filter(([, value]) => value !== ''),
  );
  return {
    text: draft.text.trim(),
    ...(draft.class === null ? {} : { class: draft.class }),
    ...(draft.place === null ? {} : { place: { ...draft.place, ...(draft.address.trim() === '' ? {} : { address: draft.address.trim() }) } }),
    attachments: photos.value.flatMap((photo) => (photo.hash === null ? [] : [photo.hash])),
    ...(Object.keys(contact).length === 0 ? {} : { contact }),
  };
}
