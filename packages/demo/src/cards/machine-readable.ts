/** The lines of travel documents by ICAO 9303; the state is UTO, which the standard reserves for specimens. */
export interface MachineReadable {
  readonly surname: string;
  readonly givenNames: string;
  readonly documentNumber: string;
  /** Dates as YYYY-MM-DD. */
  readonly dateOfBirth: string;
  readonly expiresOn: string;
}

const weights = [7, 3, 1] as const;

/** The check digit of ICAO 9303 part 3, section 4.9: weights 7, 3, 1 over 0–9, A–Z (10–35) and `<` (0). */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    const value = character === "<" ? 0 : Number.parseInt(character, 36);
    sum += value * (weights[i % 3] ?? 0);
  }
  return String(sum % 10);
}

const letters = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .replace(/ß/g, "SS")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "<");
const fill = (text: string, length: number): string => text.slice(0, length).padEnd(length, "<");
const day = (date: string): string => date.slice(2).replaceAll("-", "");
const names = (m: MachineReadable): string => `${letters(m.surname)}<<${letters(m.givenNames)}`;

/** Two lines of 44 characters, as on a passport's page. */
export function passportLines(m: MachineReadable): string[] {
  const number = fill(letters(m.documentNumber), 9);
  const numberPart = number + checkDigit(number);
  const birth = day(m.dateOfBirth) + checkDigit(day(m.dateOfBirth));
  const expiry = day(m.expiresOn) + checkDigit(day(m.expiresOn));
  const personal = fill("", 14) + checkDigit(fill("", 14));
  return [
    fill(`P<UTO${names(m)}`, 44),
    `${numberPart}UTO${birth}<${expiry}${personal}${checkDigit(numberPart + birth + expiry + personal)}`,
  ];
}

/** Three lines of 30 characters, as on the back of an ID card. */
export function cardLines(m: MachineReadable): string[] {
  const number = fill(letters(m.documentNumber), 9);
  const upper = `${number}${checkDigit(number)}${fill("", 15)}`;
  const birth = day(m.dateOfBirth) + checkDigit(day(m.dateOfBirth));
  const expiry = day(m.expiresOn) + checkDigit(day(m.expiresOn));
  return [
    `I<UTO${upper}`,
    `${birth}<${expiry}UTO${fill("", 11)}${checkDigit(upper + birth + expiry + fill("", 11))}`,
    fill(names(m), 30),
  ];
}
