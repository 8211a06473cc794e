mod fixture;
mod handbook;
mod parsing;
mod round_trip;
mod workbook;
