//! One or two given names and two family names, with or without accents.

use super::Origin;
use crate::parity::dice::{Dice, parts, phrase};

pub(super) static ORIGIN: Origin = Origin {
    label: "spanish",
    country: ["MX", "MX"],
    listed_under: &[
        "mx", "co", "ve", "cu", "ni", "pe", "ec", "ar", "cl", "sv", "gt", "hn", "es",
    ],
    person,
    organisation,
};

parts! {
    MAN = "José Juan Luis Carlos Jorge Miguel Francisco Antonio Manuel Jesús Pedro Fernando Alejandro
        Roberto Ricardo Eduardo Javier Sergio Rafael Daniel Mario Raúl Alberto David Óscar Andrés
        Martín Víctor Arturo Enrique Héctor Gerardo Ramón Julio Rubén Guillermo Jaime Pablo Gustavo
        Diego Salvador César Alfredo Armando Felipe Ernesto Gabriel Iván Marco Ignacio Hugo Tomás
        Emilio Esteban Adrián Rodrigo Agustín Nicolás Sebastián Joaquín Mauricio Rodolfo Álvaro";
    WOMAN = "María Guadalupe Ana Rosa Margarita Patricia Alejandra Verónica Adriana Gabriela Leticia
        Silvia Martha Elena Mónica Claudia Laura Sofía Isabel Teresa Carmen Lucía Diana Sandra Alicia
        Gloria Beatriz Daniela Fernanda Andrea Karina Lorena Norma Irma Luz Yolanda Julia Valeria
        Paola Mariana Cristina Natalia Cecilia Rocío Raquel Angélica Esperanza Blanca Pilar Dolores
        Inés Carolina Susana Victoria Esther Graciela";
    FAMILY = "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez
        Morales Vázquez Jiménez Reyes Díaz Torres Gutiérrez Ruiz Mendoza Aguilar Ortiz Moreno Castillo
        Romero Álvarez Méndez Chávez Rivera Juárez Ramos Domínguez Herrera Medina Castro Vargas Guzmán
        Velázquez Rojas De_la_Cruz Contreras Salazar Luna Ortega Santiago Guerrero Estrada Bautista
        Cortés Soto Alvarado Espinoza Lara Ávila Ríos Cervantes Silva Delgado Vega Márquez Sandoval
        Fernández León Carrillo Mejía Solís Núñez Rosas Ibarra Valdez Santos Camacho Navarro Campos
        Maldonado Peña Ochoa Molina Cabrera Miranda Padilla Rangel Meza Salas Cárdenas Trejo Robles
        Zamora Escobar Montoya Suárez Acosta Nava Pacheco Serrano Duarte Villa Arellano Trujillo
        Palacios Quintero Valencia Bernal Franco Zavala Figueroa Orozco Galván Benítez Cisneros
        Correa Osorio Parra Rincón Restrepo Cardona Giraldo Paredes Quispe Huamán Mamani Bravo
        Sepúlveda Araya Tapia Peralta Ledesma Villalobos Barrios Arias Zapata Mora Pineda Del_Río";
    KIND = "Comercializadora Distribuidora Grupo Servicios Importadora Constructora Transportes
        Inmobiliaria Agropecuaria Textiles Alimentos Industrias Corporación Inversiones Operadora
        Consultoría Exportadora Productos Maquinaria Farmacias Autopartes Logística Ingeniería
        Desarrollos Ganadera Plásticos Muebles Empacadora Laboratorios Minera Materiales";
    BRAND = "del_Valle San_Miguel La_Esperanza El_Roble Monteverde Los_Andes del_Pacífico Santa_Fe
        del_Norte La_Paloma El_Sol San_José del_Golfo Río_Bravo La_Huerta El_Águila Las_Palmas
        Santa_Rosa del_Bajío El_Mezquite La_Luna Buenavista San_Rafael del_Centro Los_Pinos El_Faro
        La_Estrella Tres_Hermanos San_Jorge El_Encino del_Sureste La_Campana El_Porvenir La_Joya
        Santa_Elena Costa_Azul Cerro_Alto Tierra_Nueva La_Sierra Los_Laureles El_Cóndor La_Perla
        San_Isidro del_Caribe El_Trigal La_Hacienda Puerto_Nuevo Nuevo_Mundo Aurora Cóndor Azteca
        Maya Quetzal Orinoco Pampa Ibérica Andina Solaris Occidente Altamira Mirador La_Cumbre";
    CITY = "Guadalajara Monterrey Puebla Tijuana Medellín Bogotá Lima Quito Valencia Sevilla Córdoba
        Rosario Cali Mérida Querétaro Hermosillo Veracruz Barranquilla Guayaquil Cancún Culiacán";
    FORM = "S.A._de_C.V. S.A.S. S.A. Ltda. S._de_R.L._de_C.V. S.L. S.R.L. SA_de_CV C.A. S.A.C.";
}

fn person(dice: &mut Dice) -> String {
    let table = if dice.chance(52) { &MAN } else { &WOMAN };
    let first = dice.pick(table);
    let second = if dice.chance(45) {
        dice.pick(table)
    } else {
        ""
    };
    let second = if second == first { "" } else { second };
    let father = dice.pick(&FAMILY);
    let mother = if dice.chance(85) {
        dice.pick(&FAMILY)
    } else {
        ""
    };
    let name = phrase(&[first, second, father, mother]);
    if dice.chance(40) {
        without_accents(&name)
    } else {
        name
    }
}

fn without_accents(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    name.nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .collect()
}

fn organisation(dice: &mut Dice) -> String {
    let kind = dice.pick(&KIND);
    let brand = dice.pick(&BRAND);
    let city = if dice.chance(35) {
        dice.pick(&CITY)
    } else {
        ""
    };
    let name = phrase(&[kind, brand, city, dice.pick(&FORM)]);
    if dice.chance(40) {
        without_accents(&name)
    } else {
        name
    }
}
