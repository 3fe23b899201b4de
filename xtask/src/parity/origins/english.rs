//! Given name, at times a second one or its initial, and a family name.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "english",
    country: ["GB", "GB"],
    listed_under: &["gb", "us", "ie", "au", "ca", "nz"],
    person,
    organisation,
};

parts! {
    MAN = "David John Michael James Robert William Paul Richard Andrew Mark Stephen Peter Thomas Daniel
        Christopher Matthew Anthony Ian Simon Kevin Brian Alan Martin Philip Gary Steven Jonathan
        Graham Neil Benjamin Joseph Samuel George Edward Charles Adam Jason Luke Stuart Colin Patrick
        Timothy Nicholas Keith Kenneth Nigel Barry Craig Ryan Jack Harry Oliver Liam Nathan Jacob
        Alexander Dennis Roger Trevor Derek Raymond Gordon Scott Gareth Sean Russell Adrian Duncan
        Geoffrey Jeremy Lee Dean Shaun Darren Wayne Tyler Joshua Aaron Ethan Callum Lewis Owen Toby";
    WOMAN = "Susan Margaret Sarah Elizabeth Karen Helen Julie Christine Jane Amanda Jennifer Patricia
        Linda Emma Rachel Claire Nicola Angela Laura Rebecca Deborah Catherine Victoria Michelle
        Alison Lisa Jacqueline Caroline Sharon Tracey Louise Joanne Anne Mary Charlotte Lucy Hannah
        Jessica Emily Gemma Samantha Kelly Sophie Amy Katherine Janet Barbara Carol Sandra Maria
        Nancy Dorothy Joan Pamela Heather Gillian Lesley Lorraine Wendy Zoe Natalie Alice Grace
        Chloe Olivia Megan Bethany Holly Georgia Eleanor Abigail Molly Phoebe Imogen Harriet";
    FAMILY = "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans
        Walker White Roberts Green Hall Wood Jackson Clarke Thomas Harris Lewis Hughes Edwards Turner
        Hill Cooper Ward Moore Clark King Baker Harrison Morris Watson Allen Morgan Mitchell Lee
        Parker Scott James Martin Anderson Young Phillips Bennett Carter Shaw Cook Collins Davis
        Bell Bailey Murphy Miller Cox Richardson Marshall Simpson Price Adams Wilkinson Campbell Gray
        Ellis Chapman Foster Palmer Rogers Graham Griffiths Knight Stevens Webb Mason Russell Hunt
        Mills Kelly Barnes Matthews Lloyd Holmes Fisher Murray Butler Barker Reid Stewart Pearson
        Dixon Fletcher Hunter Powell Elliott Andrews Reynolds Harvey Howard Ford Armstrong Payne
        Walsh Fox Saunders Day Pearce Brooks Lawrence West Cole Spencer Bradley Atkinson Kennedy
        Burton Francis Watts Webster Gibson Dawson Woods Hart Hudson Carr Burns Rose Grant Porter
        Jordan Henderson Newman Oliver Hamilton Barrett Wallace Robertson Lane Sutton Perry Bird
        Freeman Lowe Gardner Ryan Hayes Harding Hawkins Hopkins Crawford Thornton Whittaker Ashworth
        McDonald McKenzie O'Brien O'Connor O'Neill MacLeod Fitzgerald Blackwood Pemberton Hargreaves";
    BRAND = "Falcon Sterling Beacon Keystone Willow Summit Highland Oakwood Northern Crown Phoenix Apex
        Meridian Castle Harbour Riverside Premier Albion Heritage Pioneer Atlas Orchard Greenfield
        Millbrook Cathedral Lighthouse Redwood Silverstone Westbourne Kingfisher Ashford Bramble
        Cobalt Dunmore Eastgate Fairview Granite Hawthorn Ironbridge Juniper Kestrel Lakeland Maple
        Newbridge Osprey Pinnacle Quayside Ridgeway Saxon Thistle Union Vale Wessex Yorkshire Zenith
        Ember Cedar Chiltern Cotswold Pennine Severn Tamar Mersey Humber Clyde Solent Brunel Stirling
        Swift Robin Heron Linden Elm Juno Castlegate Whitehall Blackthorn Copperfield";
    PLACE = "Midlands Western London Scottish British National Southern Manchester Bristol Leeds Oxford
        Cambridge Devon Kent Essex Norfolk Cardiff Belfast Glasgow Sussex";
    TRADE = "Trading Software Energy Textiles Packaging Marine_Services Engineering Construction Foods
        Consulting Properties Logistics Design Systems Holdings Electrical Solutions Motors Print
        Media Care_Services Instruments Dental_Care Garden_Centre Roofing Plumbing_and_Heating
        Accountancy Catering Recruitment Joinery Environmental Technologies Partners Plastics Aviation
        Security Fabrication Kitchens Legal_Services Financial_Planning";
    FORM = "Limited Ltd PLC LLP Inc. Corporation LLC Group_Ltd (UK)_Limited Company Holdings_Ltd";
}

fn person(dice: &mut Dice) -> String {
    let table = if dice.chance(50) { &MAN } else { &WOMAN };
    let first = dice.pick(table);
    let second = dice.pick(table);
    let middle = match dice.below(100) {
        0..18 if second != first => second.to_owned(),
        18..38 => format!("{}.", &second[..1]),
        _ => String::new(),
    };
    let family = dice.pick(&FAMILY);
    let family = if dice.chance(3) {
        let other = dice.pick(&FAMILY);
        if other == family {
            family.to_owned()
        } else {
            format!("{family}-{other}")
        }
    } else {
        family.to_owned()
    };
    phrase(&[first, &middle, &family])
}

fn organisation(dice: &mut Dice) -> String {
    let place = if dice.chance(20) {
        dice.pick(&PLACE)
    } else {
        ""
    };
    let trade = dice.pick(&TRADE);
    let form = dice.pick(&FORM);
    let brand = if dice.chance(20) {
        let first = dice.pick(&FAMILY);
        if dice.chance(40) {
            format!("{first} & Sons")
        } else {
            first.to_owned()
        }
    } else {
        dice.pick(&BRAND).to_owned()
    };
    phrase(&[place, &brand, trade, form])
}
