// Text as lists are searched: without case, accents, apostrophes and hyphens, by the rule of
// geo/model/searchable.py, and in no reader's own language, whose small letter of “I” may be “ı”.
const LETTERS = {
  ß: "ss", ł: "l", đ: "d", ø: "o", æ: "ae", œ: "oe", ı: "i", ð: "d",
};
const APOSTROPHES = /['’‘`´ʻʼʽʹʿʾ′＇]/gu;

const ABBREVIATED = /(?<=\b\p{L})\.(?=\p{L}\b)/gu; // U.S.

export const fold = (text) => text.replace(APOSTROPHES, "").replace(ABBREVIATED, "").normalize("NFKD").toLowerCase().normalize("NFKD")
  .replace(/\p{M}/gu, "")
  .replace(/[ßłđøæœıð]/gu, (letter) => LETTERS[letter])
  .replace(/[^\p{L}\p{N}]+/gu, " ")
  .trim();
