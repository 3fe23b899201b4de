//! A file, or the files of a set, to what they hold.

use std::io::BufRead;

use scruple_model::ListId;

use crate::gather::{Gather, Limits, Reading};
use crate::{Layout, Part, Refused};
use crate::{australia, bis_dpl, canada, csl, eu, ofac, seco, transcribed, uflpa, uk, un};

/// A file to read.
pub struct Input<'a> {
    /// What [`recognise`](crate::recognise()) made of it.
    pub part: Part,
    /// Its bytes, unpacked.
    pub bytes: Box<dyn BufRead + 'a>,
}

/// Reads one list file, or all files of one set; the files must be in one layout.
/// `list` is the list where the layout leaves it open (OFAC's two) and the caller
/// knows it.
///
/// # Errors
/// [`Refused`] where the file as a whole cannot be trusted. What concerns single
/// records is in [`Reading::faults`].
pub fn read(
    inputs: Vec<Input<'_>>,
    list: Option<&ListId>,
    limits: Limits,
) -> Result<Vec<Reading>, Refused> {
    let mut out = Gather::new(limits);
    let layout = one_layout(&inputs)?;
    if layout == Layout::OfacCsv {
        ofac::read_csv(inputs, list, &mut out)?;
        return out.finish();
    }
    let mut inputs = inputs;
    let (Some(Input { part, bytes }), true) = (inputs.pop(), inputs.is_empty()) else {
        return Err(Refused::Set {
            what: "more than one file, and each is a whole list".to_owned(),
            next: "give them one by one".to_owned(),
        });
    };
    let list = list.or(part.list.as_ref());
    match layout {
        Layout::OfacXml => ofac::read_xml(bytes, list, &mut out)?,
        Layout::OfacAdvancedXml => ofac::read_advanced(bytes, list, &mut out)?,
        Layout::CslJson => csl::read_json(bytes, &mut out)?,
        Layout::CslCsv => csl::read_csv(bytes, &mut out)?,
        Layout::BisDplTxt => bis_dpl::read(bytes, &mut out)?,
        Layout::UkXml => uk::read_xml(bytes, &mut out)?,
        Layout::UkCsv => uk::read_csv(bytes, &mut out)?,
        Layout::OfsiCsv => uk::read_conlist_csv(bytes, &mut out)?,
        Layout::OfsiXlsx => uk::read_conlist_xlsx(bytes, &mut out)?,
        Layout::UnXml => un::read(bytes, &mut out)?,
        Layout::EuXml => eu::read_xml(bytes, &mut out)?,
        Layout::EuCsv => eu::read_csv(bytes, &mut out)?,
        Layout::SecoXml => seco::read(bytes, &mut out)?,
        Layout::CanadaXml => canada::read(bytes, &mut out)?,
        Layout::AustraliaXlsx => australia::read(bytes, &mut out)?,
        Layout::UflpaHtml => uflpa::read(bytes, &mut out)?,
        Layout::Transcribed => transcribed::read(bytes, &mut out)?,
        // Taken above: it comes in several files.
        Layout::OfacCsv => {}
    }
    out.finish()
}

fn one_layout(inputs: &[Input<'_>]) -> Result<Layout, Refused> {
    let first = inputs.first().ok_or(Refused::Empty)?.part.layout;
    if inputs.iter().all(|input| input.part.layout == first) {
        return Ok(first);
    }
    Err(Refused::Set {
        what: "files of different layouts given as one set".to_owned(),
        next: "give them one by one".to_owned(),
    })
}
