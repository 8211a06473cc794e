// Photos on their way to the server: position read, made small on the phone, sent once each.
import { call } from './api';

/** Longest edge that leaves the phone. */
export const PHOTO_EDGE_PX_MAX = 2560;
/** Photos of one report or act. */
export const PHOTOS_MAX = 6;
const PHOTO_JPEG_QUALITY = 0.86;
/** As much of the file as the EXIF block may fill. */
const EXIF_BYTES_MAX = 256 * 1024;

export interface Position {
  lon: number;
  lat: number;
}

/** The GPS position of a JPEG's EXIF block (CIPA DC-008), if it has a believable one. */
export function exifPosition(buffer: ArrayBuffer): Position | null {
  const view = new DataView(buffer);
  try {
    if (view.getUint16(0) !== 0xffd8) return null;
    let offset = 2;
    while (offset + 4 < view.byteLength) {
      const marker = view.getUint16(offset);
      if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return null;
      if (marker === 0xffe1 && view.getUint32(offset + 4) === 0x45786966) return gpsOf(view, offset + 10);
      offset += 2 + view.getUint16(offset + 2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // a cut block: no position
  }
  return null;
}

function gpsOf(view: DataView, start: number): Position | null {
  const little = view.getUint16(start) === 0x4949;
  const short = (at: number) => view.getUint16(at, little);
  const long = (at: number) => view.getUint32(at, little);
  const entry = (directory: number, tag: number): number | null => {
    const count = short(directory);
    for (let index = 0; index < count; index += 1) {
      const at = directory + 2 + index * 12;
      if (short(at) === tag) return at;
    }
    return null;
  };
  const pointer = entry(start + long(start + 4), 0x8825);
  if (pointer === null) return null;
  const gps = start + long(pointer + 8);
  const degrees = (tag: number, reference: number, negative: string): number | null => {
    const at = entry(gps, tag);
    const sign = entry(gps, reference);
    if (at === null || sign === null) return null;
    const values = start + long(at + 8);
    const part = (index: number) => long(values + index * 8) / long(values + index * 8 + 4);
    const sum = part(0) + part(1) / 60 + part(2) / 3600;
    return String.fromCharCode(view.getUint8(sign + 8)) === negative ? -sum : sum;
  };
  const lat = degrees(2, 1, 'S');
  const lon = degrees(4, 3, 'W');
  if (lat === null || lon === null || !Number.isFinite(lat) || !Number.isFinite(lon)) return null;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || (lat === 0 && lon === 0)) return null;
  return { lon, lat };
}

/** A JPEG of at most {@link PHOTO_EDGE_PX_MAX}; `null` where the browser cannot read the file as a picture. */
async function shrink(file: Blob): Promise<Blob | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  const scale = Math.min(1, PHOTO_EDGE_PX_MAX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', PHOTO_JPEG_QUALITY));
}

export interface Prepared {
  blob: Blob;
  position: Position | null;
}

/** Reads position, then makes the file small. `null` where it is no picture that the browser can read. */
export async function prepare(file: File): Promise<Prepared | null> {
  const position = exifPosition(await file.slice(0, EXIF_BYTES_MAX).arrayBuffer());
  const blob = await shrink(file);
  return blob === null ? null : { blob, position };
}

/** Sends one photo; `key` is the photo's own, so a retry stores nothing twice. Gives the hash to name it by. */
export async function upload(blob: Blob, key: string): Promise<string> {
  const form = new FormData();
  form.set('photo', blob, 'photo.jpg');
  return (await call<{ hash: string }>('POST', '/attachments', { form, key })).data.hash;
}
