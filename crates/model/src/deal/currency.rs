//! ISO 4217: the currencies one can pay in.

const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN \
BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK \
NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XAG XAU \
XCD XCG XDR XOF XPD XPF XPT YER ZAR ZMW ZWG";

/// What people write that is no code.
const HABIT: &[(&str, &str)] = &[
    ("RMB", "CNY"),
    ("CNH", "CNY"),
    ("YUAN", "CNY"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("€", "EUR"),
    ("$", "USD"),
    ("US$", "USD"),
    ("DOLLAR", "USD"),
    ("£", "GBP"),
    ("POUND", "GBP"),
    ("¥", "CNY"),
    ("RUR", "RUB"),
    ("SFR", "CHF"),
];

/// The code in upper case; else the nearest one, if any.
pub(super) fn parse(text: &str) -> Result<String, Option<&'static str>> {
    let code = text.trim().to_uppercase();
    if CODES.split(' ').any(|known| known == code) {
        return Ok(code);
    }
    let habit = HABIT.iter().find(|(wrong, _)| *wrong == code);
    Err(match habit {
        Some((_, right)) => Some(*right),
        None if code.len() == 3 => super::nearest::of(&code, CODES.split(' ')),
        None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn codes_are_read_in_any_case_and_habits_are_corrected() {
        assert_eq!(parse("eur").as_deref(), Ok("EUR"));
        assert_eq!(parse("RMB"), Err(Some("CNY")));
        assert_eq!(parse("¥"), Err(Some("CNY")));
        assert_eq!(parse("bitcoin"), Err(None));
    }
}
