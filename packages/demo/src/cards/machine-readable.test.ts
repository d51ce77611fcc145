import { describe, expect, it } from "vitest";
import { cardLines, checkDigit, passportLines } from "./machine-readable.ts";

const specimen = {
  surname: "Eriksson",
  givenNames: "Anna Maria",
  documentNumber: "L898902C3",
  dateOfBirth: "1974-08-12",
  expiresOn: "2012-04-15",
};

describe("machine-readable lines", () => {
  it("have the check digits of the specimen in ICAO 9303 part 4, appendix B", () => {
    expect(checkDigit("L898902C3")).toBe("6");
    expect(checkDigit("740812")).toBe("2");
    expect(checkDigit("120415")).toBe("9");
    expect(checkDigit("ZE184226B<<<<<")).toBe("1");
    expect(checkDigit("L898902C3674081221204159ZE184226B<<<<<1")).toBe("0");
  });

  it("are two lines of 44 for a passport and three of 30 for a card", () => {
    expect(passportLines(specimen).map((line) => line.length)).toEqual([44, 44]);
    expect(cardLines(specimen).map((line) => line.length)).toEqual([30, 30, 30]);
    expect(passportLines(specimen)[0]).toBe("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  });

  it("write letters with marks as plain ones", () => {
    expect(cardLines({ ...specimen, surname: "Đặng", givenNames: "Ngọc Ánh" })[2]).toBe(
      "DANG<<NGOC<ANH<<<<<<<<<<<<<<<<",
    );
  });
});
