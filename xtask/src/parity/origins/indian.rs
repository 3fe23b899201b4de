//! Northern names with a family name, southern ones with initials or the father's
//! name, Sikh, Muslim and Christian names.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "indian",
    country: ["IN", "IN"],
    listed_under: &["in"],
    person,
    organisation,
};

parts! {
    MAN = "Rajesh Sanjay Ramesh Suresh Amit Rahul Vijay Anil Sunil Ashok Manoj Vikram Arun Deepak Rakesh
        Ajay Mukesh Vinod Ravi Pradeep Nikhil Rohit Arjun Karthik Prakash Mahesh Dinesh Naresh Sandeep
        Gaurav Sachin Vivek Abhishek Anand Harish Krishna Ganesh Venkatesh Srinivas Murali Mohan Gopal
        Aarav Aditya Akash Ankit Varun Siddharth Pankaj Nitin Tarun Yogesh Jagdish Kishore Bharat Hari
        Shankar Balaji Senthil Raghav Dhruv Ishaan Kunal Manish Alok Tushar Rajiv Sudhir Umesh Girish
        Satish Naveen Santosh Jayesh Hitesh Bhavesh Chetan Kiran Subhash Devendra";
    WOMAN = "Priya Sunita Anita Lakshmi Pooja Kavita Meena Neha Deepa Rekha Asha Geeta Shanti Anjali
        Divya Swati Ritu Sneha Nisha Shweta Lata Usha Radha Jyoti Savita Sarita Padma Vidya Aishwarya
        Kamala Sudha Revathi Nandini Bhavana Preeti Seema Archana Manisha Rani Sangeeta Smita Vandana
        Madhuri Sushma Uma Parvati Ananya Diya Ishita Kriti Meera Pallavi Rashmi Shruti Tanvi Vaishali";
    FAMILY = "Sharma Kumar Singh Gupta Patel Verma Yadav Reddy Mishra Jain Agarwal Nair Shah Mehta Joshi
        Pandey Iyer Rao Das Chauhan Malhotra Kapoor Chopra Banerjee Mukherjee Chatterjee Ghosh Bose Sen
        Desai Trivedi Bhatt Dubey Tiwari Saxena Srivastava Bhattacharya Naidu Pillai Menon Iyengar
        Deshpande Kulkarni Patil Jadhav Shinde Pawar Gaikwad Deshmukh More Kaur Gill Sidhu Dhillon
        Grewal Sandhu Arora Khanna Bhatia Sethi Anand Ahuja Oberoi Mahajan Thakur Rathore Shekhawat
        Chaudhary Jha Sinha Prasad Roy Dutta Mitra Sarkar Biswas Mondal Subramanian Krishnan
        Venkataraman Raman Natarajan Hegde Shetty Gowda Kamath Bhat Varma Nambiar Panicker Kurup
        Parekh Modi Gandhi Dalal Thakkar Vora Solanki Parmar Rawat Negi Bisht Bhandari Goyal Bansal
        Mittal Singhal Goel Khandelwal Maheshwari Kothari Lodha Sahu Behera Mohanty Panda Swain";
    MUSLIM = "Mohammed Imran Irfan Salman Aamir Asif Javed Shabana Nazia Farah Zoya Rizwan Arif Nasir
        Wasim Tabassum Rukhsana Iqbal Yusuf Sameer";
    MUSLIM_FAMILY = "Khan Ansari Shaikh Qureshi Siddiqui Ahmed Syed Hussain Mirza Pathan Malik Farooqui Rizvi";
    CHRISTIAN = "Thomas John George Joseph Mathew Jacob Abraham Mary Anne Sunil Biju Sheela Philip Leena";
    CHRISTIAN_FAMILY = "Thomas Varghese Mathew Kurian Fernandes D'Souza Pereira Chacko Philip George Rodrigues";
    BRAND = "Bharat Ganga Surya Himalaya Krishna Sri_Balaji Shree_Ganesh Lakshmi Om Shiv_Shakti Jai_Hind
        Saraswati Mahavir Durga Annapurna Vardhman Siddhi_Vinayak Sai_Ram Balaji Kaveri Godavari
        Narmada Yamuna Vishal Sagar Ashoka Maurya Taj Kohinoor Lotus Mayur Nandi Rajdhani Swastik
        Ambika Tirupati Venkateshwara Padmavati Sundaram Meenakshi Raj Royal_India Deccan Malabar
        Konkan Coromandel Vindhya Nilgiri Aravali Indus Aryan Apsara Chetak Garuda Hanuman Kalpataru
        Navkar Parshva Prime Rudra Samrat Trimurti Uttam Vijaya Zenith_India";
    CITY = "Mumbai Delhi Bengaluru Chennai Hyderabad Ahmedabad Surat Jaipur Pune Kolkata Kanpur Coimbatore
        Indore Ludhiana Nagpur Tirupur Rajkot Kochi Vadodara Lucknow";
    TRADE = "Textiles Overseas Chemicals Gems Spinning_Mills Garments Exports Pharmaceuticals Industries
        Enterprises Traders Engineering Foods Steel Polymers Infotech Jewellers Auto_Components Impex
        Agro_Products Spices Tools Castings Ceramics Constructions Logistics Packaging Electricals
        Biotech Marbles Handicrafts Rubber Paper_Mills Tea Solutions Technologies Fabrics";
    FORM = "Private_Limited Pvt._Ltd. Limited Ltd Pvt_Ltd LLP &_Sons &_Co. (India)_Private_Limited";
}

fn person(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..9 => {
            let more = if dice.chance(25) {
                dice.pick(&MUSLIM)
            } else {
                ""
            };
            let own = dice.pick(&MUSLIM);
            let more = if more == own { "" } else { more };
            return phrase(&[more, own, dice.pick(&MUSLIM_FAMILY)]);
        }
        9..13 => {
            let own = dice.pick(&CHRISTIAN);
            let family = dice.pick(&CHRISTIAN_FAMILY);
            return phrase(&[own, if family == own { "Varghese" } else { family }]);
        }
        _ => {}
    }
    let is_man = dice.chance(55);
    let table = if is_man { &MAN } else { &WOMAN };
    let own = dice.pick(table);
    let father = dice.pick(&MAN);
    match dice.below(100) {
        // Southern: initials before, or the father's name behind.
        0..8 => phrase(&[
            &format!("{}.", &father[..1]),
            own,
            if father == own { "Raman" } else { father },
        ]),
        8..14 => {
            let place = dice.pick(&CITY);
            phrase(&[
                &format!("{}.", &place[..1]),
                &format!("{}.", &father[..1]),
                own,
            ])
        }
        14..24 => phrase(&[
            own,
            if is_man { "Kumar" } else { "Devi" },
            dice.pick(&FAMILY),
        ]),
        24..34 => phrase(&[
            own,
            if father == own { "Mohan" } else { father },
            dice.pick(&FAMILY),
        ]),
        34..40 => phrase(&[
            own,
            if is_man { "Singh" } else { "Kaur" },
            dice.pick(&FAMILY),
        ]),
        _ => phrase(&[own, dice.pick(&FAMILY)]),
    }
}

fn organisation(dice: &mut Dice) -> String {
    let city = if dice.chance(25) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let brand = dice.pick(&BRAND);
    let trade = dice.pick(&TRADE);
    phrase(&[city, brand, trade, dice.pick(&FORM)])
}
